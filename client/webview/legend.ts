import { html, svg } from './dom';
import { endMarkers, sampleOf } from './marks';
import { states, stateTitles, stateWords } from './words';

/** What lines and signs mean. It also holds the ends of all lines, which the picture borrows. */
export function drawLegend(): HTMLElement {
  return html(
    'footer',
    { class: 'legend' },
    svg('svg', { class: 'ends', width: 0, height: 0, 'aria-hidden': 'true' }, endMarkers()),
    ...[...states]
      .reverse()
      .map((state) => html('span', { title: stateTitles[state] }, sampleOf(state), stateWords[state])),
  );
}
