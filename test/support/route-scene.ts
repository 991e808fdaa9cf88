import { Engine } from '../../server/src/engine/engine';
import type { RoutePlan } from '../../server/src/engine/generate/plan';
import { documentChanges, type NewFile, newFiles } from '../../server/src/engine/generate/render';
import { Renderer } from '../../server/src/engine/render';
import type { Slot } from '../../server/src/engine/source/source';
import { applyEdits } from '../../server/src/engine/text/edit';
import { trace } from '../../server/src/engine/traffic/trace';
import { defaultSettings } from '../../server/src/engine/workspace/settings';
import type { View } from '../../server/src/engine/workspace/view';
import { styleOf } from '../../server/src/engine/yaml/style';

export type Files = ReadonlyMap<string, string>;

/** Files in a closed world, and what can be asked about them. */
export class RouteScene {
  readonly files: Files;
  readonly engine: Engine;

  constructor(files: Files, stockGateway: boolean) {
    this.files = files;
    this.engine = new Engine({
      ...defaultSettings,
      single: true,
      keepLastGood: false,
      scope: { ...defaultSettings.scope, closedWorld: true, stockGateway },
    });
    this.engine.change([...files].map(([path, text]) => ({ uri: path, path, text })));
  }

  get view(): View {
    return [...this.engine.workspace.scopes()][0]!.scope;
  }

  findings(): string[] {
    return [...this.files.keys()].flatMap((uri) =>
      this.engine.diagnostics(uri).map((it) => `${it.severity} ${it.code}: ${it.message}`),
    );
  }

  /** The last document that holds an object, which new documents follow. */
  anchor(path: string): Slot | undefined {
    return this.engine.file(path)?.entries.at(-1)?.slot;
  }

  /** The files after the plan, with new documents behind those of `path`. */
  applied(plan: RoutePlan, path: string): Files {
    const anchor = this.anchor(path);
    if (!anchor) {
      return withFiles(this.files, newFiles(plan));
    }
    const text = this.engine.file(path)!.entries.at(-1)!.document.yaml.text;
    const fix = new Renderer(this.engine.workspace).fix({
      title: 'route',
      changes: documentChanges(plan, anchor, styleOf(text)),
    });
    return new Map(
      [...this.files].map(([name, before]) => [name, applyEdits(before, fix?.edits.get(name) ?? [])]),
    );
  }

  /** Where a request ends: `external via namespace/gateway tls`. */
  journey(namespace: string, scheme: 'http' | 'https', host: string, port: number): string {
    const paths = trace(this.view, { from: { namespace }, scheme, host, port, path: '/' });
    return paths
      .map(({ outcome, via, tls, reason }) =>
        [
          outcome,
          ...via.map((it) => `via ${it}`),
          ...tls.map((it) => it.mode),
          ...(outcome === 'external' || reason === undefined ? [] : [`(${reason})`]),
        ].join(' '),
      )
      .join(' | ');
  }
}

function withFiles(files: Files, more: readonly NewFile[]): Files {
  return new Map([...files, ...more.map(({ name, text }) => [name, text] as const)]);
}
