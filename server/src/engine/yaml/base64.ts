const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function isBase64(text: string): boolean {
  return form.test(text);
}

/** The text whose bytes `base64` stands for; `undefined` when it is none, or the bytes are no text. */
export function textOfBase64(base64: string): string | undefined {
  const plain = base64.replace(/[\r\n]/g, '');
  if (!isBase64(plain)) {
    return undefined;
  }
  try {
    return decodeURIComponent(bytesOf(plain.replace(/=+$/, '')));
  } catch {
    return undefined;
  }
}

/** Each byte as `%XX`. */
function bytesOf(digits: string): string {
  let bytes = '';
  let bits = 0;
  let amount = 0;
  for (const digit of digits) {
    bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xfff;
    amount += 6;
    if (amount >= 8) {
      amount -= 8;
      bytes += `%${((bits >> amount) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  return bytes;
}
