import { isIpv4, isIpv6 } from '../mesh/hosts';

// Addresses and blocks of them as text of bits, which makes prefixes comparable whatever the family.

/** The bits of an address, or nothing when it is none. */
function addressBits(address: string): string | undefined {
  if (isIpv4(address)) {
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  return isIpv6(address) ? ipv6Bits(address) : undefined;
}

function ipv6Bits(address: string): string | undefined {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const tail = embedded && isIpv4(embedded[2]!) ? addressBits(embedded[2]!) : '';
  if (embedded && !tail) {
    return undefined;
  }
  const [left, right, ...more] = (embedded ? embedded[1]!.replace(/([^:]):$/, '$1') : address).split('::');
  const groups = (text: string | undefined): string[] =>
    text ? text.split(':').filter((it) => it !== '') : [];
  const head = groups(left);
  const rest = groups(right);
  const missing = 8 - (tail ? 2 : 0) - head.length - rest.length;
  if (more.length > 0 || missing < 0 || (right === undefined && missing !== 0)) {
    return undefined;
  }
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...rest];
  return all.map((it) => Number.parseInt(it, 16).toString(2).padStart(16, '0')).join('') + tail;
}

/** The bits that all addresses of a block share, with the family in front. Nothing for what is no block. */
export function prefixOf(block: string): string | undefined {
  const [address, length] = block.split('/');
  const bits = addressBits(address!);
  if (bits === undefined) {
    return undefined;
  }
  const size = length === undefined ? bits.length : Number(length);
  return Number.isInteger(size) && size >= 0 && size <= bits.length
    ? `${bits.length === 32 ? '4' : '6'}${bits.slice(0, size)}`
    : undefined;
}

/** How many bits of `address` a block fixes, or nothing when the address is outside of it. */
export function matchLength(address: string, block: string): number | undefined {
  const prefix = prefixOf(block);
  const own = prefixOf(address);
  return prefix !== undefined && own?.startsWith(prefix) ? prefix.length - 1 : undefined;
}
