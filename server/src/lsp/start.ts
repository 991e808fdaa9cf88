import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from './server';

/** Serves over standard input and output until the client closes them. The promise is the exit status. */
export function startStdio(): Promise<number> {
  serve(
    createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(process.stdin),
      new StreamMessageWriter(process.stdout),
    ),
  );
  return new Promise((resolve) => {
    process.stdin.once('close', () => resolve(0));
  });
}
