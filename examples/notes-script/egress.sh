#!/usr/bin/env bash
# Applies the egress route of ../notes to the namespace that kubectl points at.
# Usage: ./egress.sh [--delete]
set -euo pipefail

if [[ "${1:-}" == "--delete" ]]; then
  kubectl delete --ignore-not-found virtualservice/cnn-through-egress-gateway destinationrule/egressgateway-for-cnn
  kubectl delete --ignore-not-found gateway.networking.istio.io/istio-egressgateway serviceentry/cnn
  exit 0
fi

echo "Registering the host"
kubectl apply -f - <<EOF
apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata:
  name: cnn
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
EOF

echo "Opening the port on the gateway"
kubectl apply -f - <<EOF
apiVersion: networking.istio.io/v1alpha3
kind: Gateway
metadata:
  name: istio-egressgateway
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 80
      name: http
      protocol: HTTP
    hosts:
    - edition.cnn.com
EOF

# The same route can be written with a pipe; both forms are common in scripts.
cat <<'EOF' | kubectl apply -f -
apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
---
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata:
  name: cnn-through-egress-gateway
spec:
  hosts:
  - edition.cnn.com
  gateways:
  - istio-egressgateway
  - mesh
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: cnn
        port:
          number: 80
      weight: 100
  - match:
    - gateways:
      - istio-egressgateway
      port: 80
    route:
    - destination:
        host: edition.cnn.com
        port:
          number: 80
      weight: 100
EOF

echo "Asking for a page from the client"
client=$(kubectl get pod -l app=sleep -o jsonpath='{.items[0].metadata.name}')
kubectl exec "$client" -c sleep -- curl -sS -o /dev/null -w '%{http_code}\n' http://edition.cnn.com/politics
kubectl logs -l istio=egressgateway -c istio-proxy -n istio-system --tail=1
