// Names as istiod defines them, which is a little looser than Kubernetes: upper case is allowed.

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const wildcardLabel = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const labelValue = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const labelName = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

const maxLabel = 63;
const maxPrefix = 253;

export const labelWords =
  'letters, digits and "-", with a letter or digit at both ends, 63 characters at most';

export function isDnsLabel(name: string): boolean {
  return name.length <= maxLabel && label.test(name);
}

/** A label that may start with "*". */
export function isWildcardLabel(name: string): boolean {
  return name.length <= maxLabel && wildcardLabel.test(name);
}

/** What is wrong with the key of a label, in words. */
export function labelKeyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && !prefix.split('.').every((part) => label.test(part))) {
    return 'the part before "/" has to be a domain name';
  }
  if (!labelName.test(name)) {
    return 'it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends';
  }
  if (prefix !== undefined && prefix.length > maxPrefix) {
    return 'the part before "/" is longer than 253 characters';
  }
  return name.length > maxLabel ? 'it is longer than 63 characters' : undefined;
}

export function isLabelValue(value: string): boolean {
  return labelValue.test(value);
}

/** The characters RFC 7230 has for names of headers. */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9a-zA-Z]+$/.test(name);
}

export function isAuthorityHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === ':authority' || lower === 'host';
}

const claimHeader = '@request.auth.claims';

/** A header name that stands for a claim of the token: `@request.auth.claims.name` or `@request.auth.claims[name]`. */
export function isClaimHeader(name: string): boolean {
  if (!name.toLowerCase().startsWith(claimHeader)) {
    return false;
  }
  const rest = name.slice(claimHeader.length);
  return (
    (rest.startsWith('.') && rest.length > 1) ||
    (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2)
  );
}
