// Addresses as Go's `netip` reads them: no leading zeros, and an IPv6 address may name a zone.

export function isIpAddress(text: string): boolean {
  if (!text.includes(':')) {
    return isIpv4(text);
  }
  const percent = text.indexOf('%');
  return percent < 0 ? isIpv6(text) : percent < text.length - 1 && isIpv6(text.slice(0, percent));
}

/** `10.0.0.0/8`; bits behind the prefix may be set. */
export function isCidr(text: string): boolean {
  const slash = text.lastIndexOf('/');
  if (slash < 0 || text.includes('%')) {
    return false;
  }
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || !isIpAddress(address)) {
    return false;
  }
  return Number(bits) <= (address.includes(':') ? 128 : 32);
}

/** What istiod takes where it wants addresses of a network. */
export function isSubnet(text: string): boolean {
  return text.split('/').length === 2 ? isCidr(text) : isIpAddress(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) {
    return false;
  }
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups[groups.length - 1]!;
  let amount = groups.reduce((sum, it) => sum + it.length, 0);
  const tail = last[last.length - 1];
  if (tail?.includes('.')) {
    if (!isIpv4(tail)) {
      return false;
    }
    last.pop();
    amount++;
  }
  if (!groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) {
    return false;
  }
  return halves.length === 2 ? amount < 8 : amount === 8;
}
