import { head } from './structure';

/** A CustomResourceDefinition of ServiceEntry whose spec has these properties. */
export const crd = (properties: string, versions = 'v1'): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: serviceentries.networking.istio.io }
spec:
  group: networking.istio.io
  scope: Namespaced
  names: { kind: ServiceEntry, plural: serviceentries }
  versions:
${versions
  .split(' ')
  .map(
    (name) => `    - name: ${name.replace('-', '')}
      served: ${!name.startsWith('-')}
      storage: ${name === 'v1'}
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties: { hosts: { type: array, items: { type: string } }, ${properties} }`,
  )
  .join('\n')}
`;

export const entry = (more: string): string => `${head('ServiceEntry')}spec: { hosts: [a.com], ${more} }\n`;
