import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  annotationFault,
  mendedAnnotation,
} from '../../../server/src/engine/rules/istioctl/annotation-values';

const ranges = 'traffic.sidecar.istio.io/excludeOutboundIPRanges';
const ports = 'traffic.sidecar.istio.io/excludeOutboundPorts';
const settings = 'proxy.istio.io/config';

const values: readonly (readonly [name: string, good: readonly string[], bad: readonly string[]])[] = [
  [
    ranges,
    ['', '10.0.0.0/8', '10.1.2.3/8,fd00::/8'],
    ['*', '10.0.0.1', '10.0.0.0/33', '10.0.0.0/8, 10.1.0.0/16', ','],
  ],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', ['*', '', '0.0.0.0/0'], ['*,10.0.0.0/8', 'all']],
  [ports, ['', ' ', '80', '80, 443', '0', '65535'], ['*', '80,', '65536', '-1', 'http', '80-90']],
  ['traffic.sidecar.istio.io/includeInboundPorts', ['*', '8080'], ['* ', 'all']],
  [
    'traffic.sidecar.istio.io/excludeInterfaces',
    ['', 'eth0', 'eth0, tap-1.a'],
    ['0eth', 'eth0,', 'averylonginterface'],
  ],
  ['status.sidecar.istio.io/port', ['15021', ' 15021 '], ['', '15021,', '99999']],
  [
    'readiness.status.sidecar.istio.io/periodSeconds',
    ['0', '4294967295'],
    ['', '-1', '2.5', '4294967296', ' 2', '2s'],
  ],
  ['sidecar.istio.io/interceptionMode', ['REDIRECT', 'TPROXY', 'NONE'], ['', 'redirect', 'IPTABLES']],
  ['prometheus.istio.io/merge-metrics', ['true', 'False', '1', 't'], ['', 'yes', 'tRUE']],
  [
    'sidecar.istio.io/proxyCPU',
    ['100m', '2', '.5', '1.', '1e3', '+1'],
    ['', 'm', '1 m', '1mm', '1kB', '1\n'],
  ],
  ['sidecar.istio.io/proxyMemoryLimit', ['128Mi', '1G', '0'], ['128MB', 'Mi', '128mi']],
  [
    settings,
    [
      '',
      '{}',
      'concurrency: 2',
      'concurrency: "2"',
      'proxyMetadata: {A: "1"}',
      'unknown: 1',
      'drainDuration: 45s',
    ],
    [
      'concurrency: two',
      'proxyMetadata: {A: 1}',
      'proxyMetadata: {A: true}',
      'statusPort: 0',
      '- a',
      'a: b: c',
      'drainDuration: 0s',
    ],
  ],
];

suite('values of annotations', () => {
  for (const [name, good, bad] of values) {
    test(name, () => {
      assert.deepEqual(
        good.filter((it) => annotationFault(name, it) !== undefined),
        [],
      );
      assert.deepEqual(
        bad.filter((it) => annotationFault(name, it) === undefined),
        [],
      );
    });
  }
});

test('blanks and single addresses can be mended, other things cannot', () => {
  assert.equal(
    mendedAnnotation(ranges, '10.0.0.0/8, 192.0.2.1 ,fd00::1'),
    '10.0.0.0/8,192.0.2.1/32,fd00::1/128',
  );
  assert.equal(mendedAnnotation(ranges, '10.0.0.0/8,'), '10.0.0.0/8');
  assert.equal(mendedAnnotation(ranges, 'intranet'), undefined);
  assert.equal(mendedAnnotation(ports, '80,'), undefined);
});
