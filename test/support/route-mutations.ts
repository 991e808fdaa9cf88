// Ways to get one document of a finished route wrong. Each takes the documents as plain values and changes them in
// place; it answers false where the route has nothing to get wrong that way.

/** A manifest as a loose value: mutations reach into it by hand. */
// biome-ignore lint/suspicious/noExplicitAny: mutations reach into manifests of every kind.
export type Loose = any;

export interface Mutation {
  readonly name: string;
  apply(documents: Loose[]): boolean;
}

const gatewayHosts = /^(?:istio-egressgateway|edge)\./;

function all(documents: Loose[], kind: string): Loose[] {
  return documents.filter((it) => it.kind === kind);
}

function routes(documents: Loose[]): Loose[] {
  return all(documents, 'VirtualService').flatMap(({ spec }) => [
    ...(spec.http ?? []),
    ...(spec.tls ?? []),
    ...(spec.tcp ?? []),
  ]);
}

function firstHops(documents: Loose[]): Loose[] {
  return routes(documents).filter((it) => gatewayHosts.test(it.route[0].destination.host));
}

function secondHops(documents: Loose[]): Loose[] {
  const isGateway = (it: Loose): boolean => it.match[0].gateways?.[0] !== 'mesh';
  return routes(documents).filter((it) => !gatewayHosts.test(it.route[0].destination.host) && isGateway(it));
}

function hopRules(documents: Loose[]): Loose[] {
  return all(documents, 'DestinationRule').filter((it) => gatewayHosts.test(it.spec.host));
}

function hostRules(documents: Loose[]): Loose[] {
  return all(documents, 'DestinationRule').filter((it) => !gatewayHosts.test(it.spec.host));
}

/** A mutation of the first thing that `find` finds. */
function first(
  name: string,
  find: (documents: Loose[]) => Loose[],
  change: (it: Loose) => boolean | undefined,
): Mutation {
  return {
    name,
    apply(documents) {
      const [found] = find(documents);
      return found !== undefined && change(found) !== false;
    },
  };
}

const kind =
  (name: string) =>
  (documents: Loose[]): Loose[] =>
    all(documents, name);

const servers = (documents: Loose[]): Loose[] => all(documents, 'Gateway').flatMap((it) => it.spec.servers);

export const mutations: readonly Mutation[] = [
  first('mesh is not bound', kind('VirtualService'), ({ spec }) => {
    spec.gateways = spec.gateways.filter((it: string) => it !== 'mesh');
    return true;
  }),
  first('the gateway is not bound', kind('VirtualService'), ({ spec }) => {
    spec.gateways = ['mesh'];
    return true;
  }),
  first('no gateways are written', kind('VirtualService'), ({ spec }) => {
    delete spec.gateways;
    return true;
  }),
  first('a binding is mistyped', kind('VirtualService'), ({ spec }) => {
    spec.gateways = spec.gateways.map((it: string) => (it === 'mesh' ? it : `${it}-old`));
    return true;
  }),
  first('the first hop is open to every gateway', firstHops, ({ match }) => {
    delete match[0].gateways;
    return true;
  }),
  first('the first hop matches another port', firstHops, ({ match }) => {
    match[0].port = 8081;
    return true;
  }),
  first('the first hop calls a port the gateway has not got', firstHops, ({ route }) => {
    route[0].destination.port.number = 8443;
    return true;
  }),
  first('the first hop names a subset nobody defines', firstHops, ({ route }) => {
    route[0].destination.subset = 'somewhere';
    return true;
  }),
  first('the second hop matches a mistyped gateway', secondHops, ({ match }) => {
    match[0].gateways = ['other-egress'];
    return true;
  }),
  first('the second hop matches another port', secondHops, ({ match }) => {
    match[0].port = 8443;
    return true;
  }),
  first('the second hop leads to a mistyped host', secondHops, ({ route }) => {
    route[0].destination.host = 'edtion.cnn.com';
    return true;
  }),
  first('the second hop leads to a port the host has not got', secondHops, ({ route }) => {
    route[0].destination.port.number = 8080;
    return true;
  }),
  {
    name: 'the second hop is missing',
    apply(documents) {
      const [found] = secondHops(documents);
      for (const { spec } of all(documents, 'VirtualService')) {
        for (const block of ['http', 'tls', 'tcp']) {
          const kept = spec[block]?.filter((it: Loose) => it !== found);
          if (kept && kept.length < spec[block].length) {
            spec[block] = kept;
            return true;
          }
        }
      }
      return false;
    },
  },
  {
    name: 'TLS is routed as HTTP',
    apply(documents) {
      const [found] = all(documents, 'VirtualService').filter((it) => it.spec.tls);
      if (!found) {
        return false;
      }
      const moved = found.spec.tls.map(({ match, route }: Loose) => {
        const { sniHosts: _sniHosts, ...rest } = match[0];
        return { match: [rest], route };
      });
      found.spec.http = [...(found.spec.http ?? []), ...moved];
      delete found.spec.tls;
      return true;
    },
  },
  first('the server does not know the host', servers, (server) => {
    server.hosts = ['www.example.com'];
    return true;
  }),
  first('the server listens on a port the gateway has not got', servers, (server) => {
    server.port.number = 8000;
    return true;
  }),
  first('the server has the wrong protocol', servers, (server) => {
    const plain = server.port.protocol === 'HTTP';
    server.port.protocol = plain ? 'HTTPS' : 'HTTP';
    delete server.tls;
    if (plain) {
      server.tls = { mode: 'PASSTHROUGH' };
    }
    return true;
  }),
  first('the Gateway selects no pods', kind('Gateway'), ({ spec }) => {
    spec.selector = { istio: 'egres' };
    return true;
  }),
  first('the subset has another name', hopRules, ({ spec }) => {
    spec.subsets[0].name = 'another';
    return true;
  }),
  first('the rule has no subsets', hopRules, ({ spec }) => {
    delete spec.subsets;
    return true;
  }),
  first('the hop is encrypted for a plain server', hopRules, ({ spec }) => {
    if (spec.subsets[0].trafficPolicy) {
      return false;
    }
    spec.subsets[0].trafficPolicy = { tls: { mode: 'ISTIO_MUTUAL' } };
    return true;
  }),
  first('the hop is plain for an encrypted server', hopRules, ({ spec }) => {
    const had = spec.subsets[0].trafficPolicy !== undefined;
    delete spec.subsets[0].trafficPolicy;
    return had;
  }),
  first('the hop has no SNI', hopRules, ({ spec }) => {
    const tls = spec.subsets[0].trafficPolicy?.portLevelSettings?.[0].tls;
    delete tls?.sni;
    return tls !== undefined;
  }),
  first('the rule for the host encrypts nothing', hostRules, ({ spec }) => {
    spec.trafficPolicy.portLevelSettings[0].tls.mode = 'DISABLE';
    return true;
  }),
  first('the rule for the host is for another port', hostRules, ({ spec }) => {
    spec.trafficPolicy.portLevelSettings[0].port.number = 8443;
    return true;
  }),
  first('the host is looked up by nobody', kind('ServiceEntry'), ({ spec }) => {
    spec.resolution = 'NONE';
    return true;
  }),
  first('a port of the host has the wrong protocol', kind('ServiceEntry'), ({ spec }) => {
    const [port] = spec.ports;
    port.protocol = port.number === 443 ? 'TCP' : 'TLS';
    return true;
  }),
  first('a port of the host is missing', kind('ServiceEntry'), ({ spec }) => {
    spec.ports = spec.ports.slice(1);
    return spec.ports.length > 0;
  }),
];
