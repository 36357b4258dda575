import type { z } from 'zod';

/** Invalid declarations: each problem names its option, e.g. `config.events[2].type: …`. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';

  constructor(readonly problems: readonly string[]) {
    super(`event-webhooks: ${problems.join('; ')}`);
  }
}

/** `config.events[2].on[0].when.field`: as written in code. */
export const optionPath = (base: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    base,
  );

/** One problem for each wrong option, with its path. */
export const problemsOf = (error: z.ZodError, base: string): string[] =>
  error.issues.flatMap((issue) => problemsOfIssue(issue, base));

function problemsOfIssue(issue: z.core.$ZodIssue, base: string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${optionPath(base, [...issue.path, key])}: is not an option here`);
  }
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    // The branch that matched furthest is the intended one.
    const depth = (issues: readonly z.core.$ZodIssue[]) =>
      Math.max(...issues.map(({ code, path }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
    const [meant = []] = [...issue.errors].sort((one, other) => depth(other) - depth(one));
    return meant.flatMap((inner) => problemsOfIssue(inner, optionPath(base, issue.path)));
  }
  return [`${optionPath(base, issue.path)}: ${issue.message}`];
}
