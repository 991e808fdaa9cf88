import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { WebviewPanel } from 'vscode';
import type { EgressClient } from '../../../client/src/egress-client';
import { LiveAnswer } from '../../../client/src/panels/live-answer';

const subscribed = () => ({ dispose: () => {} });

/** A panel that throws once it is closed, as the editor's do. */
class Panel {
  readonly posted: string[] = [];
  isClosed = false;
  readonly visible = true;
  readonly onDidChangeViewState = subscribed;

  get webview(): object {
    if (this.isClosed) {
      throw new Error('Webview is disposed');
    }
    return { postMessage: async (message: string) => void this.posted.push(message) };
  }
}

/** An answer whose questions wait until someone answers them, in any order. */
function waiting(panel: Panel) {
  const answers: ((message: string) => void)[] = [];
  const sent: string[] = [];
  const client = { state: 'ready', onAnswersChanged: subscribed, onStateChanged: subscribed };
  const live = new LiveAnswer<string>(panel as unknown as WebviewPanel, client as unknown as EgressClient, {
    ask: () => new Promise((resolve) => void answers.push(resolve)),
    trouble: (message) => message,
    sent: (message) => void sent.push(message),
  });
  return { live, answers, sent };
}

suite('what a page shows', () => {
  test('is the answer to the last question, whichever comes last', async () => {
    const panel = new Panel();
    const { live, answers, sent } = waiting(panel);
    const drawn = [live.draw(), live.draw()];
    answers[1]!('second');
    answers[0]!('first');
    await Promise.all(drawn);
    assert.deepEqual([panel.posted, sent], [['second'], ['second']]);
  });

  test('is sent to nobody once the panel is closed', async () => {
    const panel = new Panel();
    const { live, answers, sent } = waiting(panel);
    const before = live.draw();
    panel.isClosed = true;
    live.dispose();
    const after = live.draw();
    answers.forEach((answer) => void answer('late'));
    await Promise.all([before, after]);
    assert.deepEqual([panel.posted, sent], [[], []]);
  });
});
