/** A request as it is shown and copied. */
export interface CopiedRequest {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

// curl sets these itself; a copied value would contradict the copied body or the connection.
const leftOut = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding']);

/**
 * A terminal interprets these when they are pasted, before any shell sees the quotes; and no argument can
 * contain a NUL.
 */
// eslint-disable-next-line no-control-regex
const controls = /[\x00-\x1f\x7f-\x9f]/g;

/** Within single quotes a POSIX shell changes nothing. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request as a command for a POSIX shell, safe to paste whatever the request contains. */
export function asCurl({ method, url, headers, body }: CopiedRequest): string {
  // Brackets and braces in a URL are no pattern.
  const lines = [
    `curl --globoff -X ${quoted(method)} ${quoted(url.replaceAll(controls, encodeURIComponent))}`,
  ];
  for (const [name, value] of headers) {
    if (!leftOut.has(name.toLowerCase())) lines.push(`  -H ${quoted(headerLine(name, value))}`);
  }
  if (body.search(controls) !== -1) {
    lines.push(`  --data-binary @-`);
    return `printf ${quoted(spelled(body))} | ${lines.join(' \\\n')}`;
  }
  // Raw: a body that begins with @ is no file.
  if (body !== '') lines.push(`  --data-raw ${quoted(body)}`);
  return lines.join(' \\\n');
}

/** Without a value after its colon curl would omit a header; a semicolon sends it empty. */
function headerLine(name: string, value: string): string {
  const line = value.replaceAll(controls, ' ').trim();
  return line === '' ? `${name};` : `${name}: ${line}`;
}

/** As `printf` expects it: its special characters doubled, and control characters in octal. */
function spelled(text: string): string {
  const signs = text.replaceAll('\\', '\\\\').replaceAll('%', '%%').replace(/^-/, '\\055');
  return signs.replaceAll(controls, (sign) =>
    sign === '\n'
      ? '\\n'
      : [...new TextEncoder().encode(sign)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  );
}
