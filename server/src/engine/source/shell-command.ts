// What a command line around a heredoc says about the manifest in it.

/** One `<<` of a command line. */
export interface Heredoc {
  readonly delimiter: string;
  /** Quoted: the body is taken literally. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs are no part of the body. */
  readonly stripsTabs: boolean;
  /** The commands its text flows through. */
  readonly pipeline: string;
}

// Quoted strings and comments are listed first, so that a `<<` inside one of them is passed over. `((1 << n))` is
// arithmetic and `<<<` is a string.
const operators =
  /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\(\([^()]*\)\)|\\[\s\S]|(?:^|(?<=\s))#.*|<<<|(?<operator><<(?<dash>-?)[ \t]*(?:'(?<single>[^'\n]+)'|"(?<double>[^"\n]+)"|(?<back>\\?)(?<plain>[A-Za-z_][\w.-]*)))|(?<stop>&&|\|\||;)/g;

export function heredocsOf(command: string): Heredoc[] {
  const found: { readonly at: number; readonly groups: Record<string, string | undefined> }[] = [];
  const stops = [0];
  for (const match of command.matchAll(operators)) {
    const groups = match.groups!;
    if (groups.operator !== undefined) {
      found.push({ at: match.index, groups });
    } else if (groups.stop !== undefined) {
      stops.push(match.index);
    }
  }
  stops.push(command.length);
  return found.slice(0, maxHeredocs).map(({ at, groups }) => {
    const delimiter = groups.single ?? groups.double ?? groups.plain ?? '';
    return {
      delimiter,
      quoted: groups.plain === undefined || groups.back !== '',
      stripsTabs: groups.dash === '-',
      pipeline: command.slice(
        stops.findLast((stop) => stop <= at),
        stops.find((stop) => stop > at),
      ),
    };
  });
}

/** Nobody writes more in one command; a file that does is no script. */
const maxHeredocs = 20;

const tool =
  /(?:^|[\s/({"'`])(?:kubectl|oc|istioctl|kubecolor|k|\$\{?\w*(?:kubectl|KUBECTL|OC)\w*\}?)(?=["'\s}]|$)/;
const namespaceFlag =
  /\s(?:-n(?:\s*=\s*|\s+|(?=[a-z0-9$"'{]))|--namespace(?:\s*=\s*|\s+))("[^"]*"|'[^']*'|[^\s|;&<>)]+)/;

/** The namespace that the cluster tool of a pipeline is told to use. */
export function namespaceFlagOf(
  pipeline: string,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  for (const command of pipeline.split('|')) {
    const start = tool.exec(command);
    const flag = start && namespaceFlag.exec(command.slice(start.index + start[0].length));
    if (flag) {
      return namespaceName(flag[1]!, variables);
    }
  }
  return undefined;
}

/** `oc project shop`, `kubens shop`, `kubectl config set-context --current --namespace shop`. */
export function contextNamespaceOf(
  command: string,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  const flag = /\bconfig\s+set-context\b/.test(command) ? namespaceFlag.exec(command) : undefined;
  const written = flag?.[1] ?? /(?:^|\s)(?:oc\s+project|kubens)\s+(\S+)/.exec(command)?.[1];
  return written === undefined ? undefined : namespaceName(written, variables);
}

function namespaceName(written: string, variables: ReadonlyMap<string, string>): string | undefined {
  const bare = written.replace(/^(["'])(.*)\1$/, '$2');
  const variable = /^\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})$/.exec(bare);
  const name = variable ? (variables.get(variable[1] ?? variable[2] ?? '') ?? variable[3]) : bare;
  return name !== undefined && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name) ? name : undefined;
}

const assignment = /(?:^|[\s;])([A-Za-z_]\w*)=("[^"`]*"|'[^']*'|[^\s"'`;|&<>()]+)/g;

/** Adds the variables a command sets to a value that is written out. */
export function readAssignments(command: string, variables: Map<string, string>): void {
  for (const [, name, value] of command.matchAll(assignment)) {
    const known = namespaceName(value!, variables);
    if (known === undefined) {
      variables.delete(name!);
    } else {
      variables.set(name!, known);
    }
  }
}

/** The file a pipeline writes its heredoc to. */
export function writtenFileOf(pipeline: string): string | undefined {
  const redirect = /(?:^|[^0-9<>&-])>>?\s*("[^"]+"|'[^']+'|[^\s|;&<>()]+)/.exec(pipeline);
  const tee = /(?:^|[\s|])tee\s+(?:-\S+\s+)*("[^"]+"|'[^']+'|[^\s|;&<>()-][^\s|;&<>()]*)/.exec(pipeline);
  return (redirect ?? tee)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
}

/** The files a command applies. */
export function appliedFilesOf(command: string): string[] {
  if (!tool.test(command)) {
    return [];
  }
  return [...command.matchAll(/\s(?:-f|--filename)(?:\s*=\s*|\s+)("[^"]+"|'[^']+'|[^\s|;&<>()]+)/g)].map(
    (match) => match[1]!.replace(/^(["'])(.*)\1$/, '$2'),
  );
}

/** Commands that do not leave the manifest in the cluster. */
export function removes(pipeline: string): boolean {
  return tool.test(pipeline) && /\s(?:delete|diff)\s/.test(pipeline);
}

/** Commands that change an object with what they read, which is then no whole object. */
export function patches(pipeline: string): boolean {
  return tool.test(pipeline) && /\s(?:patch|set)\s/.test(pipeline);
}

/** Whether the heredoc is fed to another shell. */
export function runsShell(pipeline: string): boolean {
  return /(?:^|[\s|(/])(?:bash|sh|zsh|ssh)(?=[\s<])/.test(pipeline) && !tool.test(pipeline);
}
