import { readSource } from '../../../server/src/engine/source/read-source';
import type { SourceFile } from '../../../server/src/engine/source/source';
import { options } from './fixtures';

// Prints what a keystroke costs before anything looks at the documents. Figures of a loaded machine mean nothing,
// so this is no test: bundle it with esbuild and run it when something here changes.

function manifest(index: number): string {
  const host = `service-${index}.partner-${index % 40}.example.com`;
  const ports =
    '  - number: 443\n    name: tls\n    protocol: TLS\n  - number: 80\n    name: http\n    protocol: HTTP\n';
  return `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: entry-${index}\n  namespace: team-${index % 50}\n  labels:\n    app.kubernetes.io/part-of: egress\n    owner: team-${index % 50}\n    pattern: ^${index}$\nspec:\n  hosts:\n  - ${host}\n  exportTo:\n  - "."\n  - istio-system\n  location: MESH_EXTERNAL\n  ports:\n${ports}  resolution: DNS\n`;
}

function measure(name: string, uri: string, text: string): void {
  const start = performance.now();
  let file: SourceFile = readSource(uri, undefined, text, options);
  const cold = performance.now() - start;
  const size = `${(text.length / 1e6).toFixed(2)} MB, ${file.entries.length} documents`;
  console.log(`${name}: ${size}, cold ${cold.toFixed(0)} ms`);
  for (const part of [0.01, 0.5, 0.99]) {
    const times: number[] = [];
    for (let keystroke = 0; keystroke < 60; keystroke++) {
      const at = file.text.indexOf('example.com', file.text.length * part);
      const next = `${file.text.slice(0, at)}x${file.text.slice(at)}`;
      // Joining the pieces of the new text is the editor's share.
      next.charCodeAt(0);
      const before = performance.now();
      file = readSource(uri, undefined, next, options, file);
      times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    console.log(
      `  keystroke at ${part * 100} %: median ${times[30]!.toFixed(2)} ms, p95 ${times[57]!.toFixed(2)} ms`,
    );
  }
}

const manifests = Array.from({ length: 4_303 }, (_, index) => manifest(index));
measure('yaml', 'file:///all.yaml', manifests.join('---\n'));
const runbook = manifests
  .slice(0, 300)
  .map((text) => `Then:\n\n\`\`\`bash\nkubectl apply -f - <<EOF\n${text}EOF\n\`\`\`\n`);
measure('markdown', 'file:///runbook.md', runbook.join('\n'));
measure(
  'shell',
  'file:///install.sh',
  manifests
    .slice(0, 300)
    .map((text) => `kubectl apply -f - <<EOF\n${text}EOF\n`)
    .join('\n'),
);
