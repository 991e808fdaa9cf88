import type { GraphState, PlainPlace } from '../../../server/src/protocol';
import type { TraceHop, TraceReason, TraceWay } from '../../../server/src/protocol/trace';
import { button, html } from '../dom';
import { inlineSign } from '../marks';
import { placeButton } from '../table';
import { stateTitles } from '../words';

export interface WayActions {
  reveal(place: PlainPlace): void;
  showInGraph(): void;
}

/** One way of the request: a step for each proxy, and its end. `key` names it on the page. */
export function drawWay(way: TraceWay, key: string, title: string, actions: WayActions): HTMLElement {
  const head = html('h2', { id: key }, inlineSign(way.state), title);
  const state = html('span', { title: stateTitles[way.state] }, endingWords(way));
  const graph = way.hops.length > 0 ? [button('Show in graph', actions.showInGraph)] : [];
  return html(
    'section',
    { class: 'way', 'aria-labelledby': key },
    html('div', { class: 'way-head' }, head, html('p', { class: 'facts' }, state), ...graph),
    html(
      'ol',
      { class: 'steps' },
      ...way.hops.map((hop, index) => {
        const isGuilty = way.state !== 'ok' && index === way.hops.length - 1;
        return drawHop(hop, `${key}-${index}`, isGuilty, actions);
      }),
      drawEnd(way),
    ),
  );
}

/** How a way ends, in a word or two. */
export function endingWords({ state, outcome }: TraceWay): string {
  return outcome === 'passthrough' ? 'not registered' : endings[state];
}

const endings: { readonly [state in GraphState]: string } = {
  ok: 'arrives',
  bypass: 'past the gateway',
  blocked: 'blocked',
  broken: 'fails',
  'not-evaluated': 'not followed',
};

/** Of the proxy where a request goes wrong it is the other reasons that people look for. */
function drawHop(
  { kind, name, decisions, others, facts }: TraceHop,
  key: string,
  isGuilty: boolean,
  actions: WayActions,
): HTMLElement {
  const who = kind === 'gateway' ? 'Gateway' : 'Sidecar in namespace';
  return html(
    'li',
    { class: `step ${kind}` },
    html('h3', {}, `${who} ${name}`),
    list(decisions, 'decisions', actions),
    ...(others.length > 0
      ? [
          folded(
            `${key}-others`,
            `Why not otherwise (${others.length})`,
            list(others, 'others', actions),
            isGuilty,
          ),
        ]
      : []),
    ...(facts.length > 0
      ? [
          folded(
            `${key}-facts`,
            'Names in the proxy',
            html(
              'dl',
              {},
              ...facts.flatMap(({ name, value }) => [html('dt', {}, name), html('dd', {}, value)]),
            ),
          ),
        ]
      : []),
  );
}

function list(reasons: readonly TraceReason[], name: string, { reveal }: WayActions): HTMLElement {
  const lines = reasons.map(({ words, place }, index) =>
    html(
      'li',
      {},
      html('span', {}, words),
      ...(place ? [placeButton(place, reveal, `${name} ${index + 1}`)] : []),
    ),
  );
  return html('ul', { class: name }, ...lines);
}

function folded(key: string, title: string, content: HTMLElement, open = false): HTMLDetailsElement {
  const attributes = { 'data-key': key, 'data-usual': open ? 'open' : 'closed', open };
  return html('details', attributes, html('summary', {}, title), content);
}

function drawEnd({ state, title, reason, advice, tls, via }: TraceWay): HTMLElement {
  const layers = tls.map(({ mode, sni }) =>
    sni === undefined ? tlsWords[mode] : `${tlsWords[mode]} for ${sni}`,
  );
  return html(
    'li',
    { class: `step end ${state}` },
    html('h3', {}, inlineSign(state), title),
    ...(reason === undefined ? [] : [html('p', {}, `Because: ${reason}.`)]),
    ...(advice === undefined ? [] : [html('p', { class: 'advice' }, `${advice}.`)]),
    ...(layers.length > 0 ? [html('p', { class: 'facts' }, `On arrival: ${layers.join(', inside ')}`)] : []),
    ...(via.length > 1 ? [html('p', { class: 'facts' }, `Through ${via.join(', then ')}`)] : []),
  );
}

const tlsWords = {
  tls: 'TLS',
  'tls+cert': 'TLS with a client certificate',
  mtls: 'mutual TLS of the mesh',
} as const;
