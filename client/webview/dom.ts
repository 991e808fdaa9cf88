type Attributes = { readonly [name: string]: string | number | boolean | undefined };
type Child = Node | string;

/** An HTML element; children that are strings become text and nothing else. */
export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

export function button(label: string, run: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const it = html('button', { type: 'button', ...attributes }, label);
  it.addEventListener('click', run);
  return it;
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.map((it) => (typeof it === 'string' ? visible(it) : it)));
  return element;
}

/** Characters that show nothing, or turn the writing direction of what follows, would make a name look like another. */
export function visible(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Cf}|\u2028|\u2029/gu, '\uFFFD');
}
