import { quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import type { Part } from '../part';
import { type Report, removal, replacement } from '../report';
import { checkDuration, checkHttpStatus, checkShare } from '../shared/scalars';

const code = 'virtual-service/fault';

const grpcStatuses = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

export function checkFault(route: Part, report: Report): void {
  const fault = route.get('fault');
  if (!fault) {
    return;
  }
  const abort = fault.get('abort');
  const delay = fault.get('delay');
  if (!abort && !delay) {
    const message = '"fault" is empty: set "abort" or "delay", or remove it';
    report.whole(code, fault, message, { key: true, fixes: [removal('Remove "fault"', fault)] });
  }
  if (abort) {
    checkAbort(abort, report);
  }
  if (delay) {
    checkShare(delay, 'percentage', report);
    checkDuration(delay, 'fixedDelay', report);
    if (delay.has('exponentialDelay')) {
      report.value(
        code,
        delay.field('exponentialDelay'),
        '"exponentialDelay" is not supported: use "fixedDelay"',
        { key: true },
      );
    }
  }
}

function checkAbort(abort: Part, report: Report): void {
  checkShare(abort, 'percentage', report);
  if (abort.has('http2Error')) {
    report.value(code, abort.field('http2Error'), '"http2Error" is not supported: use "httpStatus"', {
      key: true,
    });
  } else if (abort.has('grpcStatus')) {
    checkGrpcStatus(abort.field('grpcStatus'), report);
  } else if (abort.has('httpStatus')) {
    checkHttpStatus(abort.field('httpStatus'), report);
  } else {
    const message = '"abort" does not say what requests are answered with: set "httpStatus" or "grpcStatus"';
    report.warn(code, abort, message, { key: true, istio: undefined });
  }
}

function checkGrpcStatus(status: Part, report: Report): void {
  if (grpcStatuses.includes(status.asText)) {
    return;
  }
  const meant = nearest(status.asText, grpcStatuses);
  const hint = meant ? `did you mean "${meant}"?` : 'write one such as "NOT_FOUND" or "UNAVAILABLE"';
  report.value('istiod/http-status', status, `${quoted(status.asText)} is no status of gRPC; ${hint}`, {
    fixes: meant ? [replacement(`Use "${meant}"`, status, meant)] : [],
  });
}
