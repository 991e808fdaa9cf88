import { extensions, type LogOutputChannel, workspace } from 'vscode';
import { schemaContent, schemaUri } from './schema-sequence';

/** The part of the other extension's interface that is used here. */
interface SchemaContributors {
  registerContributor?(
    scheme: string,
    requestSchema: (resource: string) => string,
    requestSchemaContent: (uri: string) => string,
    label: string,
  ): boolean;
}

/** Groups whose documents our server answers for. */
const groups = ['networking', 'security', 'telemetry', 'extensions'];

/**
 * Keeps the YAML extension of Red Hat from answering twice inside Istio documents.
 *
 * A contributor with a label answers alone for every file that holds the label. Ours gives Istio documents a
 * schema that says nothing, and leaves all others to the Kubernetes extension where there is one.
 */
export async function coordinateWithYamlExtension(log: LogOutputChannel): Promise<void> {
  const wanted = workspace.getConfiguration('istioEgress').get('coordinateWithYamlExtension', true);
  const extension = extensions.getExtension<SchemaContributors | undefined>('redhat.vscode-yaml');
  if (!wanted || !extension) {
    return;
  }
  const api = await extension.activate();
  if (typeof api?.registerContributor !== 'function') {
    log.warn('The YAML extension takes no schemas, so help for Istio fields may come twice');
    return;
  }
  for (const group of groups) {
    const scheme = `istio-egress-${group}`;
    api.registerContributor(
      scheme,
      (resource) => schemaUri(scheme, textOf(resource), hasKubernetesSchemas()),
      schemaContent,
      `apiVersion:${group}.istio.io/`,
    );
  }
}

const hasKubernetesSchemas = (): boolean =>
  extensions.getExtension('ms-kubernetes-tools.vscode-kubernetes-tools')?.isActive ?? false;

const textOf = (resource: string): string =>
  workspace.textDocuments.find((it) => it.uri.toString() === resource)?.getText() ?? '';
