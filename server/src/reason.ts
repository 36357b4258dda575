/** Enough to understand a failure. */
const maxLength = 500;

/** How an error of knex begins: with the statement, the values filled in. What the database said stands behind it. */
const beginsWithStatement =
  /^(?:\w*error: )?(?:insert|select|update|delete|with|alter|savepoint|release|rollback)\s/i;
const behindStatement = ' - ';

/**
 * Why something failed, in one line for the log, the thin form and the screens. Without the statement that failed: its
 * values are content, bodies and people.
 */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const end = beginsWithStatement.test(text) ? text.lastIndexOf(behindStatement) : -1;
  return text.slice(end === -1 ? 0 : end + behindStatement.length).slice(0, maxLength);
}

/** An error that may be logged and thrown on: its text is a reason, its code is kept. */
export const tellable = (error: unknown): Error =>
  Object.assign(new Error(reasonOf(error)), { code: (error as { code?: unknown } | null)?.code });
