import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkStructure } from '../../../server/src/engine/schema/check-structure';
import { applyEdits } from '../../../server/src/engine/text/edit';
import { editDocument } from '../../../server/src/engine/yaml/edit-document';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { spanAt } from '../../../server/src/engine/yaml/walk';
import { check, findings, noHoles } from '../../support/structure';

const serviceEntry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
`;

suite('null', () => {
  test('a field without a value is as good as absent', () => {
    check(`${serviceEntry}spec:
  hosts: [edition.cnn.com]
  endpoints:
  location: null
  resolution: ~
`);
  });

  test('a required field without a value is missing', () => {
    check(`${serviceEntry}spec:
#<---- schema/required "spec" needs the field "hosts"
  hosts:
`);
  });

  test('an entry of a map without a value is dropped', () => {
    check(`${serviceEntry}  labels:
    team:
spec:
  hosts: [edition.cnn.com]
  resolution: STATIC
  endpoints:
    - address: 10.0.0.1
      ports:
        http:
`);
  });

  test('an item of a list cannot be null', () => {
    check(`${serviceEntry}spec:
  hosts: [edition.cnn.com, null]
#                          ^^^^ schema/wrong-type "hosts[1]" is empty; the list takes text
`);
  });

  test('where null is a value of its own, it takes part in a choice', () => {
    check(`apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: cnn
spec:
  host: edition.cnn.com
  trafficPolicy:
    outlierDetection:
      consecutive5xxErrors: null
    loadBalancer:
      localityLbSetting:
        enabled: null
`);
  });
});

suite('aliases and merges', () => {
  test('what an alias stands for is checked where it is used', () => {
    check(`apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  annotations:
    note: &port "80"
spec:
  hosts: [edition.cnn.com]
  ports:
    - number: *port
#             ^^^^^ schema/wrong-type "number" takes a whole number, not the text "80"; write 80 without quotes
      name: http
`);
  });

  test('merged fields count, and written ones override them', () => {
    check(`${serviceEntry}spec:
  hosts: [edition.cnn.com]
  ports:
    - &port
      number: 80
      name: http
    - <<: *port
      number: 8080
      name: http-alt
`);
  });

  test('an unknown field that is merged in is reported at its key', () => {
    check(`${serviceEntry}spec:
  hosts: [edition.cnn.com]
  <<: { resolutoin: DNS }
#       ^^^^^^^^^^ schema/unknown-field "resolutoin" is no field of "spec"; did you mean "resolution"?
`);
  });
});

suite('one cause, one finding', () => {
  test('the misspelled name of a required field is not missed as well', () => {
    check(`${serviceEntry}spec:
  Hosts: [edition.cnn.com]
# ^^^^^ schema/unknown-field "Hosts" is no field of "spec"; did you mean "hosts"?
`);
  });

  test('nothing is looked for inside a value of the wrong type', () => {
    check(`${serviceEntry}spec:
  hosts: [edition.cnn.com]
  ports:
    http: { number: x, nmae: y }
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ schema/wrong-type "ports" takes a list, not a block of fields
`);
  });

  test('quotes are not the remedy where no text would do', () => {
    check(`${serviceEntry}spec:
  hosts: [edition.cnn.com]
  location: 4
#           ^ schema/wrong-type "location" takes one of "MESH_EXTERNAL" or "MESH_INTERNAL", not the number 4
`);
  });
});

suite('templates, patches and fragments', () => {
  const template = { partial: 'template' } as const;

  test('a value that is filled in may become anything', () => {
    check(
      `${serviceEntry}spec:
  hosts: HOLE
  resolution: HOLE
  ports:
    - number: HOLE
      HOLE: x
`,
      template,
    );
  });

  test('what is written around the holes is checked, what is absent is not missed', () => {
    check(
      `apiVersion: networking.istio.io/v1
kind: ServiceEntry
spec:
  ports:
    - number: HOLE
      portocol: HTTP
#     ^^^^^^^^ schema/unknown-field "portocol" is no field of "spec.ports[0]"; did you mean "protocol"?
`,
      template,
    );
  });

  test('branches of a template may hold alternatives', () => {
    check(
      `apiVersion: networking.istio.io/v1
kind: DestinationRule
spec:
  trafficPolicy:
    loadBalancer:
      simple: RANDOM
      consistentHash: { useSourceIp: true }
`,
      template,
    );
  });

  test('a patch may give instructions to Kustomize', () => {
    check(
      `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
spec:
  $patch: replace
  ports:
    - $patch: delete
      name: http
`,
      { partial: 'patch' },
    );
  });

  test('a piece of a manifest in prose is nobody to judge', () => {
    check('kind: ServiceEntry\nspec:\n  hostz: [a]\n', { partial: 'fragment' });
  });
});

suite('whose object it is', () => {
  test('every item of a List is judged', () => {
    check(`apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: any, labels: 5 }
  - apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: { name: cnn }
    spec:
      hostz: [edition.cnn.com]
#     ^^^^^ schema/unknown-field "hostz" is no field of "spec"; did you mean "hosts"?
`);
  });

  test('a group that is nearly the right one is a mistake', () => {
    check(`apiVersion: netwroking.istio.io/v1
#           ^^^^^^^^^^^^^^^^^^^^^^ schema/unknown-version "netwroking.istio.io/v1" has no kind "ServiceEntry"; it is served as "networking.istio.io/v1", "networking.istio.io/v1beta1" or "networking.istio.io/v1alpha3"
kind: ServiceEntry
metadata: { name: cnn }
spec: { hosts: [edition.cnn.com] }
`);
  });

  test('a missing apiVersion is missed in a manifest only', () => {
    check(`kind: ServiceEntry
#     ^^^^^^^^^^^^ schema/unknown-version "ServiceEntry" needs an apiVersion, such as "networking.istio.io/v1"
metadata: { name: cnn }
spec: { hosts: [edition.cnn.com] }
`);
    check('kind: Gateway\ncolour: red\n');
  });

  for (const foreign of [
    'apiVersion: appmesh.k8s.aws/v1beta2\nkind: VirtualService\nspec: { nothing: ours }\n',
    'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec: { listeners: [] }\n',
    'services:\n  web: { image: nginx }\n',
    '[]\n',
    'just text\n',
    '',
  ]) {
    test(`not judged: ${JSON.stringify(foreign.slice(0, 40))}`, () => check(foreign));
  }
});

test('texts of the manifest are short and on one line in a message', () => {
  const [finding] = findings(
    `${serviceEntry}spec:\n  hosts: [a.com]\n  resolution: "${'x\\n'.repeat(500)}"\n`,
  );
  assert.ok(finding!.message.length < 200);
  assert.doesNotMatch(finding!.message, /\n/);
});

test('half a manifest never throws, and no finding stands outside it', () => {
  const text = `${serviceEntry}spec:\n  hosts: [a, *b]\n  ports:\n    - &p {number: 1, name: x}\n    - <<: *p\n      - y\n`;
  for (let end = 0; end <= text.length; end++) {
    const document = readYaml(text.slice(0, end));
    for (const { path, part } of checkStructure(document, noHoles)) {
      const span = spanAt(document.root, path, part);
      assert.ok(span.start >= 0 && span.end <= end);
    }
  }
});

suite('fixes', () => {
  test('a safe fix ends its finding', () => {
    const text = `${serviceEntry}spec: # the route
  hosts: edition.cnn.com # one
  resolution: "dns"
  ports:
    - number: "443" # TLS
      name: tls
`;
    const document = readYaml(text);
    const safe = checkStructure(document, noHoles).flatMap(
      (it) => it.fixes?.find((fix) => fix.safe)?.edits ?? [],
    );
    const fixed = applyEdits(text, editDocument(document, safe));
    assert.deepEqual(checkStructure(readYaml(fixed), noHoles), []);
    assert.match(fixed, /# the route[\s\S]*# one[\s\S]*# TLS/);
  });
});
