import assert from 'node:assert/strict';
import {
  checkStructure,
  type StructureContext,
  type StructureFinding,
} from '../../server/src/engine/schema/check-structure';
import { readYaml } from '../../server/src/engine/yaml/read';
import { spanAt } from '../../server/src/engine/yaml/walk';
import { readMarkers, writeMarkers } from './markers';

export const noHoles: StructureContext = { isHole: () => false };

/** Compares the findings with the marks in `source`. The word HOLE is filled in later. */
export function check(source: string, options: Pick<StructureContext, 'partial'> = {}): void {
  const { text } = readMarkers(source);
  const document = readYaml(text);
  const context = {
    ...options,
    isHole: ({ start, end }: { start: number; end: number }) => text.slice(start, end).includes('HOLE'),
  };
  const found = checkStructure(document, context).map(({ path, part, code, message }) => ({
    span: spanAt(document.root, path, part),
    code,
    message,
  }));
  assert.equal(writeMarkers(text, found), source);
}

export function findings(text: string): readonly StructureFinding[] {
  return checkStructure(readYaml(text), noHoles);
}

const versions: { readonly [kind: string]: string } = {
  AuthorizationPolicy: 'security.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
};

/** The lines of an object of `kind` above its spec. */
export const head = (kind: string): string =>
  `apiVersion: ${versions[kind] ?? 'networking.istio.io/v1'}\nkind: ${kind}\nmetadata:\n  name: one\n`;

export interface RuleCase {
  readonly kind: string;
  /** The spec as it is refused, marked. */
  readonly bad: string;
  /** Specs that are as near to it as a good one can be. */
  readonly good: readonly string[];
}

export interface NamedTest {
  readonly name: string;
  run(): void;
}

/** The tests of cases by name. A test file declares them itself, so that results name that file. */
export function casesOf(cases: { readonly [name: string]: RuleCase }): NamedTest[] {
  return Object.entries(cases).flatMap(([name, { kind, bad, good }]) => [
    { name: `${name}: refused`, run: () => check(head(kind) + bad) },
    ...good.map((spec) => ({ name: `${name}: taken: ${spec}`, run: () => check(head(kind) + spec) })),
  ]);
}
