/**
 * External text, made safe to store: UTF-8 with U+FFFD for invalid bytes, without NUL (Postgres refuses it in
 * text), at most `capBytes` of UTF-8, cut between characters.
 */
export function decodeText(bytes: Buffer, capBytes: number): string {
  const text = decode(bytes, capBytes).replaceAll('\0', '');
  // A replaced byte takes three: a text within the cap may have outgrown it.
  if (Buffer.byteLength(text) <= capBytes) return text;
  return decode(Buffer.from(text), capBytes);
}

/** Stateless as long as it is not used for streaming. */
const whole = new TextDecoder('utf-8');

function decode(bytes: Buffer, capBytes: number): string {
  if (bytes.length < capBytes) return whole.decode(bytes);
  // An unfinished stream holds back the bytes of an incomplete character. Bytes that fill the cap exactly may
  // have been cut by the reader.
  return new TextDecoder('utf-8').decode(bytes.subarray(0, capBytes), { stream: true });
}
