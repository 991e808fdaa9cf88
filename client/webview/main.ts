import type { GraphChoice, GraphPicture, PlainPlace, ToGraphPage } from '../../server/src/protocol';
import { drawDetails } from './details';
import { drawEmpty, drawTrouble } from './empty';
import { GraphView } from './graph-view';
import { drawLegend } from './legend';
import './style/base.css';
import './style/details.css';
import './style/graph.css';
import { drawTable } from './table';
import { Toolbar } from './toolbar';
import { type PageState, vscode } from './vscode-api';

/** The page: what the extension sends becomes what someone sees, and what they choose becomes the next question. */
class Page {
  #state: PageState = vscode.getState() ?? { choice: { extent: 'scope' }, follow: true, view: 'graph' };
  #picture: GraphPicture | undefined;
  readonly #toolbar = new Toolbar({
    filtered: (filter) => this.#choose({ filter }),
    changed: (change) => this.#change(change),
    extended: (extent) => this.#choose({ extent }),
    zoomed: (how) => this.#zoom(how),
    closedGroups: () => this.#choose({ expanded: [] }),
  });
  readonly #graph = new GraphView({
    selected: (id) => this.#select(id),
    opened: (id) => this.#open(id),
  });
  readonly #body = document.createElement('div');
  readonly #details = document.createElement('div');
  readonly #legend = drawLegend();
  #restored = false;

  start(): void {
    const main = document.querySelector('main')!;
    this.#body.className = 'body';
    main.append(this.#toolbar.root, this.#body, this.#details, this.#legend);
    window.addEventListener('message', ({ data }: MessageEvent<ToGraphPage>) => this.#hear(data));
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#state.selected !== undefined) {
        this.#select(undefined);
      }
    });
    this.#graph.viewport.onMoved = () => this.#remember();
    this.#toolbar.show(this.#state, undefined);
    this.#ask();
  }

  #hear(message: ToGraphPage): void {
    switch (message.type) {
      case 'picture':
        this.#picture = message.picture;
        this.#keep({ uri: message.params.uri });
        this.#render();
        break;
      case 'spot':
        this.#graph.showSpot(message.spot);
        break;
      case 'trouble':
        this.#body.replaceChildren(drawTrouble(message.message, this.#ways));
        break;
    }
  }

  readonly #ways = {
    clearFilter: () => {
      this.#toolbar.clearFilter();
      this.#choose({ filter: '' });
    },
    showScope: () => this.#choose({ extent: 'scope' }),
    newRoute: () => vscode.postMessage({ type: 'new-route' }),
    again: () => this.#ask(),
  };

  #render(): void {
    const picture = this.#picture;
    this.#toolbar.show(this.#state, picture);
    if (!picture) {
      return;
    }
    const isGraph = !picture.empty && this.#state.view === 'graph';
    this.#legend.hidden = picture.empty !== undefined;
    if (picture.empty) {
      this.#body.replaceChildren(drawEmpty(picture.empty, this.#state, this.#ways));
    } else if (isGraph) {
      this.#showGraph(picture);
    } else {
      this.#showTable(picture);
    }
    this.#tell();
  }

  #showGraph(picture: GraphPicture): void {
    const { viewport } = this.#graph;
    if (viewport.root.parentElement !== this.#body) {
      this.#body.replaceChildren(viewport.root);
    }
    this.#graph.show(picture);
    this.#graph.select(this.#state.selected);
    if (!this.#restored) {
      this.#restored = true;
      viewport.restore(this.#state.zoom, this.#state.scroll ?? { left: 0, top: 0 });
    }
  }

  #showTable(picture: GraphPicture): void {
    const top = this.#body.querySelector('.table')?.scrollTop ?? 0;
    const table = drawTable(picture, this.#reveal);
    this.#body.replaceChildren(table);
    table.scrollTop = top;
  }

  /** The details of what is selected, as long as it is there. */
  #tell(): void {
    const { selected, view } = this.#state;
    const picture = view === 'graph' ? this.#picture : undefined;
    const told =
      picture && selected !== undefined
        ? drawDetails(picture, selected, {
            reveal: this.#reveal,
            close: () => this.#select(undefined),
            open: (id) => this.#open(id),
          })
        : undefined;
    this.#details.replaceChildren(...(told ? [told] : []));
  }

  #select(id: string | undefined): void {
    const closedFromInside = this.#details.contains(document.activeElement);
    const { selected: _, ...rest } = this.#state;
    this.#state = { ...rest, ...(id !== undefined && { selected: id }) };
    this.#keep({});
    this.#graph.select(id);
    this.#tell();
    if (id === undefined && closedFromInside) {
      this.#graph.focus();
    }
  }

  /** A group shows its members, anything else its line. */
  #open(id: string): void {
    const node = this.#picture?.nodes.find((it) => it.id === id);
    const { place } = node ?? this.#picture?.edges.find((it) => it.id === id) ?? {};
    if (node?.members !== undefined) {
      this.#choose({ expanded: [...(this.#state.choice.expanded ?? []), id] });
    } else if (place) {
      this.#reveal(place);
    }
  }

  readonly #reveal = (place: PlainPlace): void => vscode.postMessage({ type: 'reveal', place });

  #zoom(how: 'in' | 'out' | 'width' | 'all'): void {
    const { viewport } = this.#graph;
    const actions = {
      in: () => viewport.zoomBy(1.25),
      out: () => viewport.zoomBy(0.8),
      width: () => viewport.fitWidth(),
      all: () => viewport.fitAll(),
    };
    actions[how]();
  }

  #choose(change: Partial<GraphChoice>): void {
    this.#keep({ choice: { ...this.#state.choice, ...change } });
    this.#toolbar.show(this.#state, this.#picture);
    this.#ask();
  }

  #change(change: Partial<Pick<PageState, 'view' | 'follow'>>): void {
    this.#keep(change);
    this.#render();
    if (change.follow !== undefined) {
      this.#ask();
    }
  }

  #ask(): void {
    const { choice, follow, uri } = this.#state;
    vscode.postMessage({ type: 'ask', choice, follow, ...(uri !== undefined && { uri }) });
  }

  #remember(): void {
    const { zoom, scroll } = this.#graph.viewport;
    const { zoom: _, ...rest } = this.#state;
    this.#state = { ...rest, scroll, ...(zoom !== undefined && { zoom }) };
    vscode.setState(this.#state);
  }

  #keep(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    vscode.setState(this.#state);
  }
}

new Page().start();
