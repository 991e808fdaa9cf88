import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { heredocRegions, type ShellStyle } from '../../../server/src/engine/source/heredoc';
import { linesOf } from '../../../server/src/engine/source/lines';

const body = 'apiVersion: v1\nkind: Namespace\n';

function read(script: string, style: ShellStyle = 'script'): string[] {
  return heredocRegions(script, linesOf(script), style).map(
    ({ map, variables, commandNamespace, isPatch }) =>
      `${variables}${isPatch ? ' patch' : ''}${commandNamespace === undefined ? '' : ` ${commandNamespace}`}: ${map.text.split('\n')[0]}`,
  );
}

const first = 'apiVersion: v1';

suite('what a command line says about its heredoc', () => {
  // `% ` stands for the body and its end.
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['kubectl apply -f - <<EOF', 'shell'],
    ['kubectl apply -f - << EOF', 'shell'],
    ["kubectl apply -f - <<'EOF'", 'none'],
    ['kubectl apply -f - <<"EOF"', 'none'],
    ['kubectl apply -f - <<\\EOF', 'none'],
    ['kubectl apply -f - <<-EOF', 'shell'],
    ['kubectl apply -f- -n shop <<EOF', 'shell shop'],
    ['kubectl -n shop apply -f - <<EOF', 'shell shop'],
    ['kubectl --namespace=shop apply -f - <<EOF', 'shell shop'],
    ['kubectl --namespace shop apply -f - <<EOF', 'shell shop'],
    ['kubectl -nshop apply -f - <<EOF', 'shell shop'],
    ['kubectl -n=shop apply -f - <<EOF', 'shell shop'],
    ['kubectl -n "shop" apply -f - <<EOF', 'shell shop'],
    ['kubectl apply -f - <<EOF -n shop', 'shell shop'],
    ['cat <<EOF | kubectl apply -n shop -f -', 'shell shop'],
    ['cat <<EOF | kubectl --context east -n shop apply -f -', 'shell shop'],
    ["cat <<'EOF' | envsubst | kubectl apply -n shop -f -", 'envsubst shop'],
    ['sudo kubectl -n shop apply -f - <<EOF', 'shell shop'],
    ['KUBECONFIG=a kubectl -n shop apply -f - <<EOF', 'shell shop'],
    ['"$KUBECTL" -n shop apply -f - <<EOF', 'shell shop'],
    ['oc apply -n shop -f - <<EOF', 'shell shop'],
    ['istioctl install -n shop -f - <<EOF', 'shell shop'],
    ['echo -n other | cat - <<EOF', 'shell'],
    ['kubectl get ns -n other; kubectl apply -f - <<EOF', 'shell'],
    ['kubectl get ns -n other && kubectl apply -n shop -f - <<EOF', 'shell shop'],
    ['kubectl apply -n $NOBODY_KNOWS -f - <<EOF', 'shell'],
    ['kubectl apply -n Not_A_Name -f - <<EOF', 'shell'],
    ['kubectl patch sidecar a --patch-file /dev/stdin <<EOF', 'shell patch'],
    ['cat > gateway.yaml <<EOF', 'shell'],
    ['cat > "my gateway.yml" <<EOF', 'shell'],
    ['tee -a gateway.yaml <<EOF >/dev/null', 'shell'],
    ['cat > notes.txt <<EOF', undefined],
    ['kubectl delete -f - <<EOF', undefined],
    ['echo "kubectl apply -f - <<EOF"', undefined],
    ["echo 'a <<EOF'", undefined],
    ['cat <<< EOF', undefined],
    ['# kubectl apply -f - <<EOF', undefined],
    ['echo $((1 << EOF))', undefined],
  ];
  for (const [command, expected] of cases) {
    test(command, () => {
      assert.deepEqual(
        read(`${command}\n${body}EOF\n`),
        expected === undefined ? [] : [`${expected}: ${first}`],
      );
    });
  }
});

suite('what earlier and later commands say', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a variable set before', `NS=shop\nkubectl apply -n $NS -f - <<EOF\n${body}EOF\n`, 'shell shop'],
    [
      'a variable with a default',
      `export NS="\${NS:-shop}"\nkubectl apply -n "\${NS}" -f - <<EOF\n${body}EOF\n`,
      'shell shop',
    ],
    ['a default in place', `kubectl apply -n \${NS:-shop} -f - <<EOF\n${body}EOF\n`, 'shell shop'],
    [
      'a variable that changes to the unknown',
      `NS=shop\nNS=$(pick)\nkubectl apply -n $NS -f - <<EOF\n${body}EOF\n`,
      'shell',
    ],
    [
      'the namespace of the context',
      `kubectl config set-context --current --namespace=shop\nkubectl apply -f - <<EOF\n${body}EOF\n`,
      'shell shop',
    ],
    ['a flag over the context', `oc project other\noc apply -n shop -f - <<EOF\n${body}EOF\n`, 'shell shop'],
    [
      'a file that is applied later',
      `cat > a.yaml <<EOF\n${body}EOF\nkubectl apply -n shop -f a.yaml\n`,
      'shell shop',
    ],
    [
      'a command over several lines',
      `kubectl apply \\\n  -n shop \\\n  -f - <<EOF\n${body}EOF\n`,
      'shell shop',
    ],
    ['a pipe that goes on below', `cat <<EOF |\n${body}EOF\n  kubectl apply -n shop -f -\n`, 'shell shop'],
    ['no end', `kubectl apply -f - <<EOF\n${body}`, 'shell'],
    [
      'CRLF',
      `NS=shop\r\nkubectl apply -n $NS -f - <<EOF\r\n${body.replaceAll('\n', '\r\n')}EOF\r\n`,
      'shell shop',
    ],
  ];
  for (const [name, script, expected] of cases) {
    test(name, () => {
      assert.deepEqual(
        read(script).map((it) => it.trimEnd()),
        [`${expected}: ${first}`],
      );
    });
  }
});

suite('where a body ends', () => {
  test('an indented delimiter ends it in prose, but not in a script', () => {
    const text = `kubectl apply -f - <<EOF\n${body}  EOF\nrest: 1\n`;
    const texts = (style: ShellStyle): string[] =>
      heredocRegions(text, linesOf(text), style).map(({ map }) => map.text);
    assert.deepEqual(texts('console'), [body]);
    assert.deepEqual(texts('script'), [`${body}  EOF\nrest: 1\n`]);
  });

  test('what looks like a delimiter inside the YAML is content', () => {
    const text = `kubectl apply -f - <<EOF\n${body}data:\n  run: |\n    cat <<EOT\n    EOF\nEOF\n`;
    assert.match(heredocRegions(text, linesOf(text), 'fence')[0]!.map.text, /\n {4}EOF\n$/);
  });

  test('a body without a manifest is passed over', () => {
    assert.deepEqual(read('helm install a b -f - <<EOF\nglobal:\n  tag: 1\nEOF\n'), []);
    assert.deepEqual(read('patch a.yaml <<EOF\n1c1\n< apiVersion: v1\n---\n> kind: b\nEOF\n'), []);
    assert.deepEqual(read('cat <<EOF\nSay what kind: it is\nkind: a\nEOF\n'), []);
  });
});
