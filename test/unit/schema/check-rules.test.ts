import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/engine/text/edit';
import { editDocument } from '../../../server/src/engine/yaml/edit-document';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { check, findings, head } from '../../support/structure';

const noTarget = 'spec:\n  portLevelMtls: { 80: { mode: STRICT } }\n';

test('of a part nothing is missed', () => {
  for (const partial of ['patch', 'template'] as const) {
    check(head('PeerAuthentication') + noTarget, { partial });
  }
  check(`${head('VirtualService')}spec: { http: [{ timeout: HOLE }, { timeout: 5sHOLE }] }\n`);
  check(`${head('ServiceEntry')}spec: { hosts: [HOLE], endpoints: [{ address: a.com }] }\n`);
});

test('a value of a part is judged', () => {
  check(
    `${head('VirtualService')}spec:
  http:
    - timeout: 5
#              ^ schema/wrong-type "timeout" takes text, not the number 5; give it a unit such as "s" for seconds
    - timeout: 5x
#              ^^ schema/pattern "5x" is no duration of at least 1ms, which "timeout" takes; write it as "10s", "500ms" or "1h30m"
`,
    { partial: 'patch' },
  );
});

test('a mistake below a rule is told alone, one beside it is not in the way', () => {
  check(`${head('ServiceEntry')}spec:
  hosts: [a.com, "*"]
#                ^^^ schema/pattern "*" cannot be a host of a ServiceEntry; name the host, or a domain as in "*.example.com"
  resolutoin: STATIC
# ^^^^^^^^^^ schema/unknown-field "resolutoin" is no field of "spec"; did you mean "resolution"?
  endpoints: [{ address: a.com }]
`);
});

test('a key that JavaScript knows is a key like any other', () => {
  check(`${head('WorkloadEntry')}spec:
  address: 1.2.3.4
  ports:
    __proto__: 80
#   ^^^^^^^^^ schema/pattern "__proto__" cannot be the name of a port: it takes letters, digits and "-", with a letter or digit at both ends, 62 at most
    constructor: 80
`);
});

test('what has to go can be removed', () => {
  const text = `${head('WorkloadEntry')}spec:\n  address: unix:///a # the socket\n  ports:\n    a: 1\n`;
  const [finding] = findings(text);
  const [fix] = finding!.fixes!;
  assert.equal(fix!.title, 'Remove "ports"');
  const fixed = applyEdits(text, editDocument(readYaml(text), fix!.edits));
  assert.deepEqual(findings(fixed), []);
  assert.match(fixed, /# the socket/);
});

for (const written of ['30', '"30"', "'1.5'"]) {
  test(`a duration without a unit gets one: ${written}`, () => {
    const text = `${head('VirtualService')}spec:\n  http:\n    - timeout: ${written} # long\n`;
    const [finding] = findings(text);
    const fixed = applyEdits(text, editDocument(readYaml(text), finding!.fixes![0]!.edits));
    assert.deepEqual(findings(fixed), []);
    assert.match(fixed, /s['"]? # long/);
  });
}

test('what a second makes no duration of is not offered', () => {
  for (const written of ['0x1F', '"5x"', '"-1"']) {
    const [finding] = findings(`${head('VirtualService')}spec:\n  http:\n    - timeout: ${written}\n`);
    assert.ok(!finding!.fixes?.some((fix) => fix.title.endsWith('s"')));
  }
});
