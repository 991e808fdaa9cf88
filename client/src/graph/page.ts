import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The page around the graph: it may load our script and our style and nothing else. */
export function graphPage(webview: Webview, dist: Uri): string {
  const { cspSource } = webview;
  const address = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Egress Graph</title>
<link rel="stylesheet" href="${address('webview.css')}">
</head>
<body>
<main id="graph"></main>
<script nonce="${nonce}" src="${address('webview.js')}"></script>
</body>
</html>`;
}
