import { defaultSettings } from '../../server/src/engine/workspace/settings';
import type { View } from '../../server/src/engine/workspace/view';
import { Workspace } from '../../server/src/engine/workspace/workspace';
import { readYaml } from '../../server/src/engine/yaml/read';
import { plainValue } from '../../server/src/engine/yaml/walk';

export interface MeshOptions {
  /** MeshConfig as YAML. */
  readonly mesh?: string;
  /** Whether the stock egress gateway is installed. */
  readonly stock?: boolean;
}

/** A whole cluster in memory: files by name, or one text. */
export function mesh(
  files: string | { readonly [name: string]: string },
  { mesh: config, stock = true }: MeshOptions = {},
): View {
  const workspace = new Workspace({
    ...defaultSettings,
    single: true,
    templates: false,
    keepLastGood: false,
    scope: {
      ...defaultSettings.scope,
      closedWorld: true,
      stockGateway: stock,
      stockGatewayKnown: true,
      ...(config !== undefined && { meshConfig: plainValue(readYaml(config).root) }),
    },
  });
  const named = typeof files === 'string' ? { 'mesh.yaml': files } : files;
  workspace.change(Object.entries(named).map(([name, text]) => ({ uri: name, path: name, text })));
  return [...workspace.scopes()][0]!.scope;
}
