interface PlacedProblem {
  path: readonly string[];
  message: string;
}

/**
 * Errors as a form holds them, each at its field: `{ url: '…', headers: { 0: { name: '…' } } }`.
 * @param shownAt the field at which an error about a path is shown: `headers.0.name`
 */
export function complaintsAt(
  problems: readonly PlacedProblem[],
  shownAt: (path: readonly string[]) => string,
  words: (message: string) => string,
): Record<string, unknown> {
  const complaints: Record<string, unknown> = {};
  for (const { path, message } of problems) place(complaints, shownAt(path).split('.'), words(message));
  return complaints;
}

function place(into: Record<string, unknown>, [first, ...rest]: string[], message: string): void {
  if (first === undefined) return;
  if (rest.length === 0) {
    into[first] ??= message;
    return;
  }
  const inner = into[first];
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  into[first] = next;
  place(next, rest, message);
}
