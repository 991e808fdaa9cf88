import {
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from 'vscode';
import type { LikelyCalls, ReadCallResult, TraceCall } from '../../../server/src/protocol/trace';
import type { Outcome, Progress } from '../wizard/steps';
import type { RememberedCall, RememberedCalls } from './remembered';

/** What someone chose: a whole request of before, or a URL that still lacks a client. */
export type Asked =
  | { readonly call: TraceCall; readonly url: string }
  | { readonly url: string; readonly namespace?: string };

interface Item extends QuickPickItem {
  /** What is listed stands for a request; an item about what is typed is only for reading. */
  readonly asked?: Asked;
  readonly remembered?: RememberedCall;
}

export interface RequestQuestion extends Progress {
  readonly title: string;
  readonly value: string;
  readonly likely: LikelyCalls['calls'];
  readonly remembered: RememberedCalls;
  readonly read: (url: string) => Promise<ReadCallResult>;
}

/** Asks for a request: one that is typed, one of before, or one that the file in front makes people expect. */
export function askRequest(question: RequestQuestion): Promise<Outcome<Asked>> {
  const { title, step, totalSteps, value, remembered } = question;
  const pick = window.createQuickPick<Item>();
  Object.assign(pick, {
    title,
    step,
    totalSteps,
    value,
    placeholder: 'A request: https://host/path, http://host, tls://host:port or tcp://host:port',
    ignoreFocusOut: true,
    matchOnDescription: true,
    buttons: step > 1 ? [QuickInputButtons.Back] : [],
  });
  let turn = 0;
  const refresh = async (): Promise<void> => {
    const mine = ++turn;
    const { asked, trouble } = await typedItem(pick.value.trim(), question);
    // Answers to what stood there before come too late.
    if (mine === turn) {
      // What is half typed may be the name of one that is listed, which is the likelier wish.
      pick.items = [...asked, ...knownItems(question), ...trouble];
    }
  };
  pick.onDidTriggerItemButton(async ({ item }) => {
    if (item.remembered) {
      await remembered.remove(item.remembered);
      await refresh();
    }
  });
  pick.onDidChangeValue(refresh);
  void refresh();
  return chosen(pick, (url) => acceptTyped(url, question));
}

function chosen(
  pick: QuickPick<Item>,
  typed: (url: string) => Promise<Asked | undefined>,
): Promise<Outcome<Asked>> {
  return new Promise<Outcome<Asked>>((resolve) => {
    pick.onDidAccept(async () => {
      const [item] = pick.selectedItems;
      // Whoever types fast is done before the list shows what was typed, or while it shows what stood there before.
      const asked = item?.asked ?? (await typed(pick.value.trim()));
      if (asked) {
        resolve(asked);
      }
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  }).finally(() => pick.dispose());
}

async function acceptTyped(url: string, { read }: RequestQuestion): Promise<Asked | undefined> {
  return (await read(url)).call && { url };
}

/** What is typed, or what is wrong with it. */
async function typedItem(
  text: string,
  { read }: RequestQuestion,
): Promise<{ readonly asked: readonly Item[]; readonly trouble: readonly Item[] }> {
  if (text === '') {
    return { asked: [], trouble: [] };
  }
  const { trouble } = await read(text).catch((error: unknown) => ({ trouble: String(error) }));
  return trouble === undefined
    ? {
        asked: [{ label: text, description: 'as typed', alwaysShow: true }],
        trouble: [],
      }
    : {
        asked: [],
        trouble: [
          {
            label: 'Not a request yet',
            detail: trouble,
            iconPath: new ThemeIcon('warning'),
            alwaysShow: true,
          },
        ],
      };
}

function knownItems({ likely, remembered }: RequestQuestion): readonly Item[] {
  const before = remembered.all.map((it): Item => {
    return {
      label: it.url,
      description: `from ${it.from}`,
      asked: { call: it.call, url: it.url },
      remembered: it,
      buttons: [{ iconPath: new ThemeIcon('close'), tooltip: 'Forget this request' }],
    };
  });
  const here = likely.map(({ url, call }): Item => {
    const { namespace } = call.from;
    return { label: url, description: `from ${namespace}`, asked: { url, namespace } };
  });
  return [
    ...(here.length > 0 ? [heading('At the cursor and in this file'), ...here] : []),
    ...(before.length > 0 ? [heading('Traced before'), ...before] : []),
  ];
}

const heading = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
