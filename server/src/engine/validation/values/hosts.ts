import { quoted } from '../../schema/words';
import { isDnsLabel, isWildcardLabel } from './names';

// Host names as istiod reads them. Each function gives what is wrong in words, `undefined` for a good one.

const maxLength = 255;
const labelHint = 'takes letters, digits and "-" between dots';

/** What most hosts look like, so that they need no closer look. */
const ordinary = /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function isOrdinary(name: string): boolean {
  return name.length <= maxLength && ordinary.test(name);
}

/** A full domain name. */
export function domainFault(name: string): string | undefined {
  return isOrdinary(name) ? undefined : (lengthFault(name) ?? labelsFault(name, name));
}

/** A domain name whose first part may be, or start with, "*". */
export function wildcardDomainFault(name: string): string | undefined {
  if (isOrdinary(name)) {
    return undefined;
  }
  const wrong = lengthFault(name);
  if (wrong) {
    return wrong;
  }
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (!isWildcardLabel(first)) {
    return partFault(name, first);
  }
  return dot < 0 ? undefined : labelsFault(name.slice(dot + 1), name);
}

/**
 * A host of routes at a gateway. With SNI it may be a name that Istio makes for services of other clusters, such
 * as `outbound_.80_._.web.shop.svc.cluster.local`.
 */
export function gatewayDomainFault(name: string, sni: boolean): string | undefined {
  if (isOrdinary(name)) {
    return undefined;
  }
  const wrong = lengthFault(name);
  if (wrong || !sni || !name.startsWith('outbound_')) {
    return wrong ?? wildcardDomainFault(name);
  }
  const parts = name.split('_');
  const good = parts.length >= 4 && /[0-9]/.test(parts[1]!) && /[a-zA-Z]/.test(parts[3]!);
  return good ? undefined : `${quoted(name)} has not the form "outbound_.<port>_.<subset>_.<host>"`;
}

/** A "*" that is more than the whole name or its first part. */
export function isPartialWildcard(name: string): boolean {
  return name.includes('*') && name.length !== 1 && !name.startsWith('*.');
}

function lengthFault(name: string): string | undefined {
  if (name.length === 0) {
    return 'a host name must not be empty';
  }
  return utf8Length(name) > maxLength ? `${quoted(name)} is longer than ${maxLength} characters` : undefined;
}

/** istiod counts bytes. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code < 0xdc00) {
      length += 2;
      index++;
    } else if (code > 0x7f) {
      length += code > 0x7ff ? 2 : 1;
    }
  }
  return length;
}

function labelsFault(rest: string, whole: string): string | undefined {
  const parts = rest.split('.');
  const last = parts[parts.length - 1]!;
  if (/^[+-]?\d+$/.test(last)) {
    return `${quoted(whole)} is no host name: its last part "${last}" is a number`;
  }
  const wrong = parts.find(
    (part, index) => !(index === parts.length - 1 && part === '') && !isDnsLabel(part),
  );
  return wrong === undefined ? undefined : partFault(whole, wrong);
}

function partFault(whole: string, part: string): string {
  if (whole === part) {
    return `${quoted(whole)} is no host name: it ${labelHint}`;
  }
  return `${quoted(whole)} is no host name: it ${labelHint}, and ${quoted(part)} is not of that form`;
}
