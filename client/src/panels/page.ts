/** What the page of a panel needs to know of where it is shown. */
export interface PageAddresses {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** From where styles may come. */
  readonly source: string;
  /** Says that the script is ours. */
  readonly nonce: string;
}

/** The page around what a panel shows: it may load our script and our style and nothing else. */
export function pageFor({ title, script, style, source, nonce }: PageAddresses): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
