/** Wrong use of the command line: ends with status 2 and one clear sentence. */
export class UsageError extends Error {}

/** Input that cannot be read: nothing about the use of the command would help. */
export class InputError extends Error {}

export const usage = `Usage: istio-egress COMMAND [OPTION…] [PATH…]

Commands
  check     every diagnostic for the files and folders given (default: the current folder, "-": standard input)
  trace     what happens to one request, hop by hop
  audit     every way out of the mesh, and whether it passes the gateway
  generate  the manifests of a complete egress route
  graph     the egress graph
  batch     one JSON case per line in, one JSON result per line out
  lsp       the language server (lsp --stdio)

"istio-egress COMMAND --help" tells the options of a command, "istio-egress --version" which one this is.
`;

export const commandUsage: { readonly [command: string]: string } = {
  check: `istio-egress check [PATH…] [--format pretty|json|sarif|github] [--fail-on error|warning|never]
                   [--profile recommended|istioctl|strict] [--target-version 1.24…1.31|newest]
                   [--closed-world] [--mesh FILE] [--no-stock-gateway]
Status: 0 nothing at or above --fail-on (default: error), 1 findings, 2 wrong use or unreadable input.
`,
  trace: `istio-egress trace URL --from NAMESPACE[/LABEL=VALUE,…] [--method M] [--header N=V]… [--address IP]
                   [PATH…] [--format pretty|json]
Status: 0 it leaves as configured, 1 it is blocked, broken or leaks past the gateway, 2 wrong use.
`,
  audit: `istio-egress audit [PATH…] [--format pretty|json|csv|markdown]
                   [--closed-world] [--mesh FILE] [--no-stock-gateway]
Status: 0 no way round the gateway, 1 at least one, 2 wrong use.
`,
  generate: `istio-egress generate HOST [--port N]… [--pattern http|tls-passthrough|originate-gateway|originate-sidecar]
                      [--namespace NS] [--gateway NS/NAME]
`,
  graph: `istio-egress graph [PATH…] --format mermaid|svg|dot|json
`,
  batch: `istio-egress batch [--profile recommended|istioctl|strict] [--target-version 1.24…1.31|newest] [--open-world]
Reads one JSON case per line from standard input; status 2 at the first line that is not a case.
`,
  lsp: `istio-egress lsp --stdio
`,
};
