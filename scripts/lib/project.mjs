import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, wherever a script was started from. */
export const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export const inProject = (...parts) => path.join(project, ...parts);
