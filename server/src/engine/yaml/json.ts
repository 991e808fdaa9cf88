/** Whether the text is JSON, which the cluster and whoever wrote it expect to stay JSON. */
export function isJson(text: string): boolean {
  if (!startsWithBracket.test(text)) {
    return false;
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const startsWithBracket = /^\s*[{[]/;
