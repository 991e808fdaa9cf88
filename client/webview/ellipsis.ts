const cache = new Map<string, string>();
let context: CanvasRenderingContext2D | undefined;

/** The width of a text in pixels of the picture. */
export function widthOf(text: string, font: string): number {
  context ??= document.createElement('canvas').getContext('2d') ?? undefined;
  if (!context) {
    return text.length * 7;
  }
  context.font = font;
  return context.measureText(text).width;
}

/** The text if it fits, else as much of its start as fits with three dots. */
export function fitted(text: string, width: number, font: string): string {
  const key = `${font}\n${width}\n${text}`;
  const known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  if (cache.size > 5000) {
    cache.clear();
  }
  const result = cut(text, width, font);
  cache.set(key, result);
  return result;
}

function cut(text: string, width: number, font: string): string {
  // Nothing longer fits into a node, and manifests hold what they like.
  const letters = [...text.slice(0, 300)];
  if (letters.length === text.length && widthOf(text, font) <= width) {
    return text;
  }
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${letters.slice(0, middle).join('')}…`, font) <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}
