import { run } from './cli/run';

run(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`istio-egress: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
