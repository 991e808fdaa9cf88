// Names as Kubernetes defines them. Each function gives what is wrong in words, `undefined` for a good name.

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const mixedName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const maxSubdomain = 253;
const maxLabel = 63;

const mixedWords = 'letters, digits, "-", "_" and ".", with a letter or digit at both ends';

export function objectNameFault(name: string): string | undefined {
  if (name.length > maxSubdomain) {
    return tooLong(name, maxSubdomain);
  }
  return subdomain.test(name)
    ? undefined
    : 'it takes lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
}

export function namespaceFault(name: string): string | undefined {
  if (name.length > maxLabel) {
    return tooLong(name, maxLabel);
  }
  return label.test(name)
    ? undefined
    : 'it takes lower case letters, digits and "-", with a letter or digit at both ends';
}

/** A label key, or with `anyCase` an annotation key, whose prefix may be in upper case. */
export function keyFault(key: string, anyCase = false): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) {
    return 'it takes one "/" at most';
  }
  const name = parts[parts.length - 1]!;
  const prefix = parts.length === 2 ? parts[0]! : undefined;
  if (prefix !== undefined && objectNameFault(anyCase ? prefix.toLowerCase() : prefix)) {
    return 'the part before "/" has to be a domain name in lower case';
  }
  if (name === '') {
    return prefix === undefined ? 'it is empty' : 'nothing stands behind "/"';
  }
  if (name.length > maxLabel) {
    return tooLong(name, maxLabel);
  }
  return mixedName.test(name) ? undefined : `it takes ${mixedWords}`;
}

export function labelValueFault(value: string): string | undefined {
  if (value.length > maxLabel) {
    return tooLong(value, maxLabel);
  }
  return value === '' || mixedName.test(value) ? undefined : `it takes ${mixedWords}`;
}

function tooLong(text: string, most: number): string {
  return `it has ${text.length} characters and may have ${most}`;
}
