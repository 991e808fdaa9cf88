import type { GraphLane, GraphState } from '../../server/src/protocol';
import { svg } from './dom';
import { states } from './words';

/** What a line ends in: states are told apart by form, not only by colour. */
const ends: { readonly [state in GraphState]: string } = {
  ok: 'M-9-4.5 0 0-9 4.5Z',
  bypass: 'M-10-5 0 0-10 5Z',
  blocked: 'M-2-7V7',
  broken: 'M-10-5 0 5M0-5-10 5',
  'not-evaluated': 'M-9 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z',
};

/** Signs of 12 pixels around the origin. */
const signs: { readonly [state in GraphState]: string } = {
  ok: 'M-4.5 0-1.5 3.5 4.5-3.5',
  bypass: 'M-5 3.5C-4-4 3.5-4.5 4 2M1-.5 4 3 6.5-.5',
  blocked: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M-3.2 3.2 3.2-3.2',
  broken: 'M-4-4 4 4M4-4-4 4',
  'not-evaluated': 'M-2.5-2C-2.5-5.5 2.5-5.5 2.5-2.2C2.5-.2 0-.2 0 1.8M0 4.2V5',
};

/** Pictures of 16 pixels around the origin, for the headings of lanes. */
const laneSigns: { readonly [kind in GraphLane]: string } = {
  client: 'M-6-5H6V3H-6ZM-3 6H3M0 3V6',
  route: 'M-7 0H-1M-1 0C3 0 1-5 6-5M-1 0C3 0 1 5 6 5M4-7 6.5-5 4-3M4 3 6.5 5 4 7',
  gateway: 'M-6 6V-2C-6-8 6-8 6-2V6M-6 6H-2V0H2V6H6',
  host: 'M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M-6.5 0H6.5M0-6.5C-4-3-4 3 0 6.5C4 3 4-3 0-6.5',
};

export const endOf = (state: GraphState): string => `end-${state}`;

/** The ends of lines, to be drawn once for each picture. */
export function endMarkers(): SVGDefsElement {
  return svg(
    'defs',
    {},
    ...states.map((state) =>
      svg(
        'marker',
        {
          id: endOf(state),
          class: `end ${state}`,
          viewBox: '-12 -8 14 16',
          refX: 0,
          refY: 0,
          markerWidth: 14,
          markerHeight: 16,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        svg('path', { d: ends[state] }),
      ),
    ),
  );
}

export function signOf(state: GraphState, x = 0, y = 0): SVGPathElement {
  return svg('path', { class: `sign ${state}`, d: signs[state], transform: `translate(${x} ${y})` });
}

/** The sign as a picture of its own, between words. */
export function inlineSign(state: GraphState): SVGSVGElement {
  const attributes = { class: 'inline-sign', viewBox: '-8 -8 16 16', width: 16, height: 16 };
  return svg('svg', { ...attributes, 'aria-hidden': 'true' }, signOf(state));
}

/** A short line of a state, for the legend. */
export function sampleOf(state: GraphState): SVGSVGElement {
  return svg(
    'svg',
    { class: `sample edge ${state}`, viewBox: '0 0 44 16', width: 44, height: 16, 'aria-hidden': 'true' },
    svg('path', { class: 'line', d: 'M1 8H42', 'marker-end': `url(#${endOf(state)})` }),
  );
}

export function laneSign(kind: GraphLane, x: number, y: number): SVGPathElement {
  return svg('path', { class: 'lane-sign', d: laneSigns[kind], transform: `translate(${x} ${y})` });
}
