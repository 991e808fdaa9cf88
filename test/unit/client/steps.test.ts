import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { back, lead, type Outcome, type Step } from '../../../client/src/wizard/steps';

type Answers = { readonly [question: string]: string };

/** A step that gives its answers one after the other, and notes what it knew each time it was asked. */
function asked(name: string, answers: Outcome<string>[], log: string[]): Step<Answers> {
  return async (state, { step, totalSteps }) => {
    log.push(`${step}/${totalSteps} ${name} ${state[name] ?? '-'}`);
    const answer = answers.shift();
    return typeof answer === 'string' ? { ...state, [name]: answer } : answer;
  };
}

suite('a series of questions', () => {
  test('gives every answer at the end', async () => {
    const log: string[] = [];
    const steps = [asked('host', ['a.example.com'], log), asked('pattern', ['http'], log)];
    assert.deepEqual(await lead<Answers>({}, steps), { host: 'a.example.com', pattern: 'http' });
    assert.deepEqual(log, ['1/2 host -', '2/2 pattern -']);
  });

  test('goes back to a question that knows its answer, and forth again', async () => {
    const log: string[] = [];
    const steps = [
      asked('host', ['a.example.com', 'b.example.com'], log),
      asked('pattern', [back, 'http'], log),
    ];
    assert.deepEqual(await lead<Answers>({}, steps), { host: 'b.example.com', pattern: 'http' });
    assert.deepEqual(log, ['1/2 host -', '2/2 pattern -', '1/2 host a.example.com', '2/2 pattern -']);
  });

  test('gives nothing when someone leaves', async () => {
    const log: string[] = [];
    const steps = [asked('host', ['a.example.com'], log), asked('pattern', [undefined], log)];
    assert.equal(await lead<Answers>({}, steps), undefined);
  });
});
