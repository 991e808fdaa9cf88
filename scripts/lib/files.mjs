import fs from 'node:fs';
import path from 'node:path';

/** The files below a folder that the filter wants, sorted; none when there is no such folder. */
export function filesUnder(folder, wanted = () => true) {
  if (!fs.existsSync(folder)) {
    return [];
  }
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter(wanted)
    .sort();
}
