import { type Fields, fields, items, text } from '../../model/guards';
import type { Resource } from '../../model/resource';

/** One hook of a webhook configuration. */
export interface Webhook {
  readonly name: string;
  readonly index: number;
  readonly namespaceSelector: unknown;
  readonly objectSelector: unknown;
  readonly client: Fields;
}

/** Webhook configurations have no spec: their hooks stand beside the metadata. */
export function webhooksOf({ spec }: Resource<'Other'>): readonly Webhook[] {
  return items(spec.webhooks).map((value, index) => {
    const { name, namespaceSelector, objectSelector, clientConfig } = fields(value);
    return { name: text(name) ?? '', index, namespaceSelector, objectSelector, client: fields(clientConfig) };
  });
}

/** Istio's hooks are known by their names. */
export function isOfIstio({ name }: Webhook): boolean {
  return name.endsWith('istio.io');
}
