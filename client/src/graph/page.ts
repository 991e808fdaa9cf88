import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The page around the graph: it may load our script and our style and nothing else. */
export function graphPage({ asWebviewUri, cspSource }: Webview, dist: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Egress Graph</title>
<link rel="stylesheet" href="${asWebviewUri(Uri.joinPath(dist, 'webview.css'))}">
</head>
<body>
<main id="graph"></main>
<script nonce="${nonce}" src="${asWebviewUri(Uri.joinPath(dist, 'webview.js'))}"></script>
</body>
</html>`;
}
