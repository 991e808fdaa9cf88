import { nearest } from '../../text/nearest';
import { messagesIn, packageNames } from './messages';
import types from './types.json';

interface Fault {
  /** The first version that knows the type. */
  readonly since?: string;
  /** The last one. */
  readonly until?: string;
  /** The same with a type that may have been meant. */
  readonly better?: string;
}

/** Why an istiod may not know the type behind the last slash of `url`. Nothing where all do, or who knows. */
export function whyUnknown(url: string): Fault | undefined {
  const start = url.lastIndexOf('/') + 1;
  const [, name = '', namespace = '', message = ''] =
    /^((?:([a-z0-9_.]+)\.)?(\w+))/.exec(url.slice(start)) ?? [];
  const since = versionOf(types.since, name);
  const until = versionOf(types.until, name);
  if (since !== undefined || until !== undefined) {
    return { ...(since && { since }), ...(until && { until }) };
  }
  if (!isJudged(namespace) || messagesOf(namespace).includes(message)) {
    return undefined;
  }
  const better = betterName(namespace, message);
  return better === undefined ? {} : { better: url.slice(0, start) + better };
}

type Versions = Readonly<Record<string, readonly string[]>>;

function versionOf(versions: Versions, name: string): string | undefined {
  return Object.keys(versions).find((version) => versions[version]!.includes(name));
}

function messagesOf(namespace: string): readonly string[] {
  return namespace === 'google.protobuf' ? types.protobuf.split(' ') : messagesIn(namespace);
}

/** istiod is linked with more than what is listed, and what that is has nothing to do with Envoy. */
function isJudged(namespace: string): boolean {
  const linked = [...types.others, 'istio', 'io', 'google'].includes(namespace.split('.')[0]!);
  return !linked || /^(?:istio\.envoy|io\.istio|google\.protobuf)(?:\.|$)/.test(namespace);
}

function betterName(namespace: string, message: string): string | undefined {
  const own = nearest(message, messagesOf(namespace));
  if (own !== undefined) {
    return `${namespace}.${own}`;
  }
  const named = packageNames.filter((it) => messagesOf(it).includes(message));
  const found = named.length === 1 ? named[0] : nearest(namespace, named);
  return found && `${found}.${message}`;
}
