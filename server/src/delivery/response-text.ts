/**
 * Text from outside, made safe to keep: UTF-8 with U+FFFD for what is not, without NUL (Postgres refuses it in
 * text), at most `capBytes` of UTF-8, cut between characters.
 */
export function decodeText(bytes: Buffer, capBytes: number): string {
  const text = decode(bytes, capBytes).replaceAll('\0', '');
  // A replaced byte takes three: what came in within the cap may have outgrown it.
  if (Buffer.byteLength(text) <= capBytes) return text;
  return decode(Buffer.from(text), capBytes);
}

/** Has no state of its own as long as it is not told to stream. */
const whole = new TextDecoder('utf-8');

function decode(bytes: Buffer, capBytes: number): string {
  if (bytes.length < capBytes) return whole.decode(bytes);
  // A stream that is not ended keeps back the bytes of a character that was cut in two. Bytes that fill the
  // cap exactly may have been cut by whoever read them.
  return new TextDecoder('utf-8').decode(bytes.subarray(0, capBytes), { stream: true });
}
