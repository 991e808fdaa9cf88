// The manifests of the benchmark's workspace, as text. `h` describes one external host.

export const EGRESS = 'istio-egressgateway.istio-system.svc.cluster.local';

export const serviceEntry = (h) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${h.id}
  namespace: ${h.ns}
  labels:
    app.kubernetes.io/part-of: egress
    team: ${h.ns}
spec:
  hosts:
  - ${h.host}
  exportTo:
  - "."
  - istio-system
  location: MESH_EXTERNAL
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: https
    protocol: TLS
  resolution: DNS
`;

export const gateway = (h) => `# egress for ${h.host}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${h.id}-egress
  namespace: ${h.ns}
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 80
      name: http
      protocol: HTTP
    hosts:
    - ${h.host}
${
  h.tls
    ? `  - port:
      number: 443
      name: tls
      protocol: TLS
    hosts:
    - ${h.host}
    tls:
      mode: PASSTHROUGH
`
    : ''
}`;

export const destinationRule = (h) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-${h.id}
  namespace: ${h.ns}
spec:
  host: ${EGRESS}
  subsets:
  - name: ${h.id}
${
  h.pool
    ? `    trafficPolicy:
      loadBalancer:
        simple: ROUND_ROBIN
      connectionPool:
        tcp: {maxConnections: ${h.pool}}
      portLevelSettings:
      - port:
          number: 80
        outlierDetection:
          consecutive5xxErrors: 5
          interval: 30s
          baseEjectionTime: 30s
`
    : ''
}`;

export const virtualService = (h) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${h.id}-through-egress-gateway
  namespace: ${h.ns}
spec:
  hosts:
  - ${h.host}
  gateways:
  - ${h.vsGateway}
  - mesh
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: ${h.vsHost}
        subset: ${h.vsSubset}
        port:
          number: ${h.vsPort}
      weight: 100
  - match:
    - gateways:
      - ${h.vsGateway}
      port: 80
    route:
    - destination:
        host: ${h.host}
        port:
          number: 80
      weight: 100
${
  h.retry
    ? `    timeout: ${h.retry}s
    retries:
      attempts: 3
      perTryTimeout: 2s
      retryOn: 5xx,connect-failure
`
    : ''
}${
  h.tls
    ? `  tls:
  - match:
    - gateways:
      - mesh
      port: 443
      sniHosts:
      - ${h.host}
    route:
    - destination:
        host: ${EGRESS}
        subset: ${h.id}
        port:
          number: 443
  - match:
    - gateways:
      - ${h.id}-egress
      port: 443
      sniHosts:
      - ${h.host}
    route:
    - destination:
        host: ${h.host}
        port:
          number: 443
      weight: 100
`
    : ''
}`;

export const namespace = (name) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    istio-injection: enabled
`;

export const service = (name, ns, selector, ports) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${ns}
  labels:
    app: ${name}
spec:
  selector:
${selector.map(([k, v]) => `    ${k}: ${v}\n`).join('')}  ports:
${ports.map(([n, p, t]) => `  - name: ${n}\n    port: ${p}\n    targetPort: ${t}\n`).join('')}`;

export const deployment = (name, ns, labels, image, replicas) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${ns}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
${labels.map(([k, v]) => `      ${k}: ${v}\n`).join('')}  template:
    metadata:
      labels:
${labels.map(([k, v]) => `        ${k}: ${v}\n`).join('')}    spec:
      serviceAccountName: ${name}
      containers:
      - name: ${name}
        image: "${image}"
        imagePullPolicy: IfNotPresent
        args: ["--port", "8080"]
        ports:
        - containerPort: 8080
          name: http
        env:
        - name: LOG_LEVEL
          value: info
        resources:
          requests: {cpu: 100m, memory: 128Mi}
          limits:
            cpu: "1"
            memory: 512Mi
        readinessProbe:
          httpGet: {path: /healthz, port: http}
`;

export const sidecar = (ns) => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: ${ns}
spec:
  egress:
  - hosts:
    - "./*"
    - istio-system/*
  outboundTrafficPolicy:
    mode: REGISTRY_ONLY
`;
