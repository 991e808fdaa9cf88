// Paths of files as `/`-separated texts. The engine never touches a disk, so this is all it needs of them.

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` lies in `folder` or below it. The empty folder holds everything. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Resolves `./` and `../` of a relative reference found in a file of `folder`. */
export function joinPath(folder: string, reference: string): string {
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of reference.split('/')) {
    if (step === '..') {
      steps.pop();
    } else if (step !== '.' && step !== '') {
      steps.push(step);
    }
  }
  return steps.join('/');
}

/** The deepest folder that holds both. */
export function commonFolder(a: string, b: string): string {
  const [left, right] = [a.split('/'), b.split('/')];
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) {
    length++;
  }
  return left.slice(0, length).join('/');
}
