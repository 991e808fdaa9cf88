import { trafficKinds } from '../model/resource';
import { kindSchemas } from '../schema/schema';
import type { CompletionContext, Offer } from './completion-item';
import { documentationOf } from './describe-schema';
import { fieldText } from './insert-text';

/** Whole objects for a document that has nothing yet. */
export function freshItems(context: CompletionContext): readonly Offer[] {
  const { cursor, path, manifest, placement } = context;
  const isFresh = path.length === 0 && cursor.siblings.length === 0 && !cursor.colon && !cursor.flow;
  if (!isFresh || manifest.base.length > 0 || placement.column > 0) {
    return [];
  }
  return trafficKinds.flatMap((kind): readonly Offer[] => {
    const schema = kindSchemas.get(kind);
    const spec = schema?.root.fields?.get('spec');
    if (!schema || !spec) {
      return [];
    }
    const head = `apiVersion: ${schema.group}/${schema.versions[0]}\nkind: ${kind}\nmetadata:\n${' '.repeat(placement.style.indent)}name: \${1:name}\n`;
    const body = fieldText(spec, cursor, placement).text.replace(
      /\$(\{?)(\d+)/g,
      (_, brace: string, stop: string) => `$${brace}${Number(stop) + 1}`,
    );
    return [
      {
        label: kind,
        kind: 'snippet',
        insertText: head + body,
        snippet: true,
        detail: 'new object',
        documentation: documentationOf({ name: kind, text: schema.text }),
      },
    ];
  });
}
