import { Engine } from '../../server/src/engine/engine';
import { graphOf } from '../../server/src/engine/engine-graph';
import type { Graph } from '../../server/src/engine/graph/graph';
import type { Finding } from '../../server/src/engine/model/finding';
import { defaultSettings } from '../../server/src/engine/workspace/settings';
import type { LiveScope } from '../../server/src/engine/workspace/workspace';
import { readYaml } from '../../server/src/engine/yaml/read';
import { plainValue } from '../../server/src/engine/yaml/walk';
import type { MeshOptions } from './mesh-scene';

/** Files that are applied together in a closed world, and their graph. */
export class GraphScene {
  readonly engine: Engine;

  constructor(files: { readonly [path: string]: string }, { mesh, stock = true }: MeshOptions = {}) {
    this.engine = new Engine({
      ...defaultSettings,
      single: true,
      keepLastGood: false,
      scope: {
        ...defaultSettings.scope,
        closedWorld: true,
        stockGateway: stock,
        stockGatewayKnown: true,
        ...(mesh !== undefined && { meshConfig: plainValue(readYaml(mesh).root) }),
      },
    });
    this.change(files);
  }

  change(files: { readonly [path: string]: string }): void {
    this.engine.change(Object.entries(files).map(([path, text]) => ({ uri: path, path, text })));
  }

  get live(): LiveScope {
    return [...this.engine.workspace.scopes()][0]!;
  }

  graph(file?: string): Graph {
    return graphOf(this.engine, this.live, file);
  }

  findings(): readonly Finding[] {
    return this.engine.findingsIn(this.live);
  }
}
