import { namespacesText } from '../intent/clients';
import { meshFacts } from '../mesh/facts';
import { resolveShortName } from '../mesh/hosts';
import type { MeshService } from '../mesh/service';
import { isExportedTo, visibilityOf } from '../mesh/visibility';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { exportEdits, exportTitle } from './export-edit';
import { edit, type RuleFix } from './rule';

/** Lets proxies of a namespace find a DestinationRule that is there and that they do not see. */
export function reachRule(
  view: View,
  rule: Resource<'DestinationRule'>,
  service: MeshService,
  namespace: string,
): RuleFix[] {
  const id = `${rule.namespace}/${rule.name}`;
  if (resolveShortName(rule.spec.host ?? '', rule.namespace) !== service.hostname) {
    const change = { op: 'set' as const, path: ['spec', 'host'], value: service.hostname };
    return [edit(`Let "${id}" be for "${service.hostname}"`, rule, [change], { preferred: true })];
  }
  if (rule.spec.workloadSelector) {
    const change = { op: 'remove' as const, path: ['spec', 'workloadSelector'] };
    return [edit(`Let "${id}" count for all pods of its namespace`, rule, [change], { preferred: true })];
  }
  const homes = [namespace, service.namespace, meshFacts(view).rootNamespace.value];
  if (homes.includes(rule.namespace)) {
    const { exportTo } = visibilityOf(view, rule);
    return isExportedTo(exportTo, rule.namespace, namespace)
      ? []
      : [
          edit(exportTitle(`"${id}"`, rule, [namespace]), rule, exportEdits(rule, [namespace]), {
            preferred: true,
          }),
        ];
  }
  if (view.declares('DestinationRule', service.namespace, rule.name)) {
    return [];
  }
  return [moved(view, rule, service, namespace)];
}

/** "." means another namespace then, so the list says it where it is to be seen from. */
function moved(
  view: View,
  rule: Resource<'DestinationRule'>,
  service: MeshService,
  namespace: string,
): RuleFix {
  const home = service.namespace;
  const title = `Move "${rule.namespace}/${rule.name}" to "${home}"`;
  const move = { op: 'set' as const, path: ['metadata', 'namespace'], value: home };
  const { exportTo } = visibilityOf(view, { ...rule, namespace: home });
  return isExportedTo(exportTo, home, namespace)
    ? edit(`${title}, where every client finds it`, rule, [move], { preferred: true })
    : edit(
        `${title}, where ${namespacesText(namespace)} finds it`,
        rule,
        [move, ...exportEdits(rule, [namespace])],
        { preferred: true },
      );
}
