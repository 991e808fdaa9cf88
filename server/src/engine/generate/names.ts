const longestLabel = 63;

/** The host as a DNS label that reads like the host: `edition.cnn.com` becomes `edition-cnn-com`. */
export function hostLabel(host: string, room = 40): string {
  const label = host
    .toLowerCase()
    .replace(/^\*\./, 'any-')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return fitted(label === '' ? 'host' : label, room);
}

/** `wanted`, or `wanted-2`, `wanted-3` … when it is taken; never longer than a DNS label may be. */
export function uniqueName(wanted: string, taken: (name: string) => boolean): string {
  const base = fitted(wanted, longestLabel - 4);
  let name = base;
  for (let count = 2; taken(name); count++) {
    name = `${base}-${count}`;
  }
  return name;
}

/** Cuts a long name and marks it with a checksum, so that two long hosts do not end with one name. */
function fitted(name: string, room: number): string {
  if (name.length <= room) {
    return name;
  }
  const mark = checksum(name);
  return `${name.slice(0, room - mark.length - 1).replace(/-+$/, '')}-${mark}`;
}

function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(7, '0').slice(-5);
}
