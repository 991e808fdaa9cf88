import { type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';
import { back, type Outcome, type Progress } from './steps';

interface Question extends Progress {
  readonly title: string;
  readonly placeholder: string;
}

export interface TextQuestion extends Question {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with a text; asked while it is typed. */
  readonly complaint: (text: string) => Promise<string | undefined>;
}

/** Asks for a text, and takes only one that nobody complains about. */
export function askText({ complaint, ...question }: TextQuestion): Promise<Outcome<string>> {
  const input = window.createInputBox();
  Object.assign(input, settingsOf(question), { prompt: question.prompt, value: question.value });
  let asked = 0;
  const check = async (): Promise<boolean> => {
    const turn = ++asked;
    const found = await complaint(input.value.trim()).catch(String);
    // Answers to what stood there before come too late.
    if (turn === asked) {
      input.validationMessage = found;
    }
    return turn === asked && found === undefined;
  };
  return shown(input, (accept) => {
    input.onDidChangeValue(() => void check());
    input.onDidAccept(async () => {
      if (await check()) {
        accept(input.value.trim());
      }
    });
  });
}

export interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

export interface ChoiceQuestion<T> extends Question {
  readonly choices: readonly Choice<T>[];
  /** A choice out of what someone typed, for lists that cannot name everything. */
  readonly typed?: (text: string) => Choice<T> | undefined;
}

/** Lets someone choose one of a list. */
export function askChoice<T>({ choices, typed, ...question }: ChoiceQuestion<T>): Promise<Outcome<T>> {
  const input = window.createQuickPick<Choice<T>>();
  Object.assign(input, settingsOf(question), { items: choices, matchOnDescription: true });
  return shown(input, (accept) => {
    input.onDidChangeValue((text) => {
      const own = typed?.(text.trim());
      const isListed = choices.some((it) => it.label === own?.label);
      input.items = own && !isListed ? [...choices, own] : choices;
    });
    input.onDidAccept(() => {
      // Whoever types fast is done before the list shows what was typed.
      const chosen = input.selectedItems[0] ?? typed?.(input.value.trim());
      if (chosen) {
        accept(chosen.value);
      }
    });
  });
}

function settingsOf({ title, placeholder, step, totalSteps }: Question): object {
  const buttons = step > 1 ? [QuickInputButtons.Back] : [];
  return { title, placeholder, step, totalSteps, buttons, ignoreFocusOut: true };
}

type WithBackButton = QuickInput & {
  onDidTriggerButton(listener: (button: unknown) => void): unknown;
};

function shown<T>(input: WithBackButton, listen: (accept: (value: T) => void) => void): Promise<Outcome<T>> {
  return new Promise<Outcome<T>>((resolve) => {
    listen(resolve);
    input.onDidTriggerButton(() => resolve(back));
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}
