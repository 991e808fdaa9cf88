import type { ScopeSetting } from './planned-scope';
import type { ScopeSettings } from './view';

export type RuleSetting = 'error' | 'warning' | 'info' | 'off';

/** Everything a user, a command line or a test may set. */
export interface WorkspaceSettings {
  readonly scope: ScopeSettings;
  readonly scopes: readonly ScopeSetting[];
  /** What the user wants of single rules; a rule that is not named keeps its own severity. */
  readonly rules: { readonly [rule: string]: RuleSetting };
  /** All files form one scope, whatever they look like. */
  readonly single: boolean;
  /** Namespace of documents that write none and whose command names none. */
  readonly defaultNamespace: string;
  /** Whether `{{ … }}` and `$VAR` may be filled in before the cluster sees the text. */
  readonly templates: boolean;
  /** Whether a document that breaks while it is typed keeps its last good resources for others. */
  readonly keepLastGood: boolean;
  /** Whether files may change after something was asked. A command line reads them once. */
  readonly mayChange: boolean;
  /** Files with more characters are not read. */
  readonly maxLength: number;
}

export const defaultSettings: WorkspaceSettings = {
  scope: {
    closedWorld: false,
    profile: 'recommended',
    stockGateway: true,
    stockGatewayKnown: false,
    gateways: [],
  },
  scopes: [],
  rules: {},
  single: false,
  defaultNamespace: 'default',
  templates: true,
  keepLastGood: true,
  mayChange: true,
  maxLength: 5_000_000,
};
