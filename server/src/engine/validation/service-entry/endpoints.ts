import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkDnsEndpoint, checkEndpoint } from '../shared/endpoint';

const code = 'service-entry/endpoints';

/** Checks what a ServiceEntry says about addresses and endpoints against its resolution. */
export function checkServiceEndpoints(spec: Part, resolution: string, report: Report): void {
  const endpoints = spec.items('endpoints');
  const ports = new Set(spec.items('ports').map((it) => it.text('name')));
  switch (resolution) {
    case 'NONE':
      warnOfSelector(spec, report);
      break;
    case 'STATIC':
      for (const endpoint of endpoints) {
        checkEndpoint(endpoint, report, { ports, mayBeHost: false });
      }
      break;
    case 'DYNAMIC_DNS':
      break;
    default:
      for (const endpoint of endpoints) {
        checkDnsEndpoint(endpoint, report, ports);
      }
  }
}

function warnOfSelector(spec: Part, report: Report): void {
  const selector = spec.get('workloadSelector');
  if (selector) {
    const message =
      '"resolution: NONE" sends requests to where their client wanted, so "workloadSelector" selects nothing: use STATIC';
    report.warn(code, selector, message, {
      key: true,
      fixes: [removal('Remove "workloadSelector"', selector)],
    });
  }
}
