import { readFileSync } from 'node:fs';

/** The names in a zip archive, read from the directory at its end. */
export function namesInZip(path: string): string[] {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const text = bytes.toString('utf8', at + 46, at + 46 + name!);
    at += 46 + name! + extra! + comment!;
    return text;
  });
}
