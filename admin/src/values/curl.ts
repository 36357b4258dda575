/** A request as it is shown and copied. */
export interface CopiedRequest {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

// curl works these out itself; a copied value would contradict the copied body or the connection.
const leftOut = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding']);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same request as a command for a POSIX shell. */
export function asCurl({ method, url, headers, body }: CopiedRequest): string {
  const lines = [`curl -X ${method} ${quoted(url)}`];
  for (const [name, value] of headers) {
    if (!leftOut.has(name.toLowerCase())) lines.push(`  -H ${quoted(`${name}: ${value}`)}`);
  }
  if (body !== '') lines.push(`  --data-raw ${quoted(body)}`);
  return lines.join(' \\\n');
}
