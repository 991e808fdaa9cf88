// Host names as Istio compares them. Comparison is by case, because Istio's is; where Istio lowers a name first, the
// caller does.

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Whether some name is meant by both. Either may be a wildcard. */
export function hostsOverlap(a: string, b: string): boolean {
  if (isWildcard(a) && isWildcard(b)) {
    return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1));
  }
  if (isWildcard(a)) {
    return b.endsWith(a.slice(1));
  }
  return isWildcard(b) ? a.endsWith(b.slice(1)) : a === b;
}

/** Whether every name meant by `host` is meant by `other` too. */
export function isSubsetOf(host: string, other: string): boolean {
  if (isWildcard(host)) {
    return isWildcard(other) && host.length >= other.length && host.slice(1).endsWith(other.slice(1));
  }
  return isWildcard(other) ? host.endsWith(other.slice(1)) : host === other;
}
