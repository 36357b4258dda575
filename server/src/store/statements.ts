/**
 * Limits of one statement. SQLite refuses more than 500 rows, Postgres more than 65,535 parameters (with 20
 * columns 3,276 rows), and longer statements have no advantage.
 */
const rowsAtMost = 100;
const bytesAtMost = 4 * 1024 * 1024;

/** The rest of a statement besides its texts, with a margin for servers that count differently. */
const restBytes = 64 * 1024;

/** Characters that the MySQL driver, which puts values into the statement itself, writes as two. */
const escaped = /[\0\b\t\n\r"'\\]/g;

const sizeOf = (value: unknown, client: string): number => {
  if (typeof value !== 'string') return 16;
  const bytes = Buffer.byteLength(value);
  return client === 'mysql' ? bytes + (value.match(escaped)?.length ?? 0) : bytes;
};

/** The largest text that certainly fits into a statement, however much of it has to be escaped. */
export const largestText = (packetBytes: number): number =>
  packetBytes === Infinity ? Infinity : Math.max(1024, Math.floor((packetBytes - restBytes) / 2));

/** Rows as statements of bounded size; a larger single row has its own. */
export function statementsOf(
  rows: readonly Record<string, unknown>[],
  { client, packetBytes }: { client: string; packetBytes: number },
): Record<string, unknown>[][] {
  const limit = Math.min(bytesAtMost, packetBytes - restBytes);
  const statements: Record<string, unknown>[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = Object.values(row).reduce((sum: number, value) => sum + sizeOf(value, client), 0);
    const last = statements.at(-1);
    if (last && last.length < rowsAtMost && bytes + size <= limit) {
      last.push(row);
      bytes += size;
    } else {
      statements.push([row]);
      bytes = size;
    }
  }
  return statements;
}

/** Ids in parts of a size that every database accepts in one `in (…)`. */
export function partsOf<T>(list: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
