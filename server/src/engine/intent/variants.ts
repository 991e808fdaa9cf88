import { virtualServicesFor } from '../mesh/routed-hosts';
import type { HttpMatch, StringMatch } from '../model/specs';
import { readPattern } from '../traffic/pattern';
import type { Request } from '../traffic/request';
import type { View } from '../workspace/view';
import { labelOf, satisfying } from './sample-requests';

/** A request that some route looks at more closely than at its host and port. */
export interface Variant {
  readonly request: Request;
  /** What sets it apart, such as a path or a header. */
  readonly label: string;
}

/** More do not make a better answer. */
const most = 20;

/** For HTTP: one for each match of the routes for a host. Expressions are met where a text for them can be made up. */
export function variantsOf(view: View, host: string, request: Request): readonly Variant[] {
  if (request.scheme !== 'http') {
    return none;
  }
  const matches = closeMatches(view, host);
  if (matches.length === 0) {
    return none;
  }
  const found = new Map<string, Variant>();
  for (const match of matches) {
    const variant = satisfying(match, request, textFor);
    if (variant && found.size < most) {
      const label = labelOf(variant).trim();
      found.set(label, { request: variant, label });
    }
  }
  found.delete('');
  return [...found.values()];
}

const none: readonly Variant[] = [];

/** The matches that look at something, of sidecars or of gateways further on; few hosts have any. */
function closeMatches(view: View, host: string): readonly HttpMatch[] {
  return view.derive('intent/close-matches', host, () =>
    virtualServicesFor(view, host)
      .flatMap((it) => it.http)
      .flatMap((it) => it.matches)
      .map(({ match }) => match)
      .filter(({ uri, method, headers, queryParams }) => uri ?? method ?? headers ?? queryParams),
  );
}

function textFor(match: StringMatch): string | undefined {
  const { exact, prefix, regex } = match;
  return exact ?? prefix ?? (regex === undefined ? 'any' : exampleOf(regex));
}

/** A text that an expression takes, for the expressions people usually write. */
function exampleOf(regex: string): string | undefined {
  const text = regex
    .replace(/^\^|\$$/g, '')
    .replace(/\.\*\??/g, '')
    .replace(/(?:\.|\\w|\[\^[^\]]+\])\+\??/g, 'x')
    .replace(/(?:\\d|\[0-9\])\+?\??/g, '1')
    .replace(/\(([^()|]*)(?:\|[^()]*)?\)\??/g, '$1')
    .replace(/\\(.)/g, '$1');
  return readPattern(`^(?:${regex})$`, '')?.test(text) ? text : undefined;
}
