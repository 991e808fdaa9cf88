import { Examples, Rate } from './compare.mjs';

const istioKinds = new Set([
  ...['AuthorizationPolicy', 'DestinationRule', 'EnvoyFilter', 'Gateway', 'PeerAuthentication'],
  ...['ProxyConfig', 'RequestAuthentication', 'ServiceEntry', 'Sidecar', 'Telemetry'],
  ...['TrafficExtension', 'VirtualService', 'WasmPlugin', 'WorkloadEntry', 'WorkloadGroup'],
]);

const keyOf = ({ file, index, item }) => [file, index, item ?? ''].join('#');

/** Documents that are taken or refused as the cluster does, and refused by the same of its readers. */
export function scoreAdmission({ cases, verdicts }, results) {
  const [agreement, sameRejecter, disagreements] = [new Rate(), new Rate(), new Examples()];
  for (const { id } of cases) {
    const own = new Map((results.get(id)?.documents ?? []).map((it) => [keyOf(it), it]));
    for (const document of verdicts.get(id).docs ?? []) {
      // Accepted kinds of other groups are not judged.
      if (document.accepted && document.kind && !istioKinds.has(document.kind)) {
        continue;
      }
      const said = own.get(keyOf(document));
      if (!agreement.add(said?.accepted === document.accepted)) {
        const { file, index } = document;
        disagreements.add({ id, file, index, istio: istioSays(document), product: productSays(said) });
      } else if (!document.accepted) {
        sameRejecter.add(said.rejectedBy === document.by);
      }
    }
  }
  const figures = { 'admission.agreement': agreement.value, 'admission.sameRejecter': sameRejecter.value };
  return { figures, disagreements: { admission: disagreements } };
}

const istioSays = ({ accepted, by, errors }) =>
  accepted ? 'accepted' : `refused by ${by}: ${(errors ?? [])[0] ?? ''}`;

const productSays = (said) =>
  said === undefined ? 'nothing' : said.accepted ? 'accepted' : `refused by ${said.rejectedBy}`;
