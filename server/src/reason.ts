import { unprintable } from '../../contracts/names';

/** Long enough to understand a failure. */
const maxLength = 500;
/**
 * The part of the text that is examined: searching for values and URLs is quadratic, and an editor may have
 * written the text.
 */
const maxRead = 4000;
/** A line with a name, a URL and a reason. */
const maxLineLength = 2000;

const unknownError = 'unknown error';
const refusedStatement = 'the database refused a statement';
/** The text raised by an app's own trigger may contain values of the row. */
const refusedByTrigger = 'a trigger of the database refused it';

/** How an error of knex begins: with the statement and its values. The database's message follows. */
const beginsWithStatement =
  /^(?:\w*error: )?(?:insert|select|update|delete|with|alter|savepoint|release|rollback)\s/i;
const behindStatement = ' - ';
/** No human sentence begins like this. */
const isStatement =
  /^(?:\w*error: )?(?:insert (?:ignore )?into\b|select .* from\b|update .* set\b|delete from\b|with .* as \()/is;

/**
 * The cause of a failure, in one line for the log, the thin form and the screens. Contains no value: no
 * statement, no binding, nothing that a database, a parser or Node.js quotes of its input, no key in a URL.
 * Never throws.
 */
export function reasonOf(error: unknown): string {
  try {
    return oneLine(withoutSecrets(beginningOf(saidBy(error)))).slice(0, maxLength) || unknownError;
  } catch {
    return unknownError;
  }
}

/**
 * The part that is examined; without the word at the cut: it could be a URL whose password would be taken for
 * its host.
 */
function beginningOf(text: string): string {
  if (text.length <= maxRead) return text;
  const beginning = text.slice(0, maxRead);
  const space = Math.max(...[' ', '\n', '\t'].map((one) => beginning.lastIndexOf(one)));
  const end = space > 0 ? space : beginning.indexOf('://');
  return end > 0 ? beginning.slice(0, end) : beginning.slice(0, maxLength);
}

/** An error that can be logged and rethrown: its text is a reason, its code is kept, and its stack frames. */
export function tellable(error: unknown): Error {
  const told = Object.assign(new Error(reasonOf(error)), { code: facts(error).code });
  const frames = framesOf(error);
  if (frames !== null) told.stack = `Error: ${told.message}\n${frames}`;
  return told;
}

/**
 * The stack frames of an error. Null if its stack begins with a text other than its message, which could
 * contain anything.
 */
function framesOf(error: unknown): string | null {
  const { name, message, stack } = facts(error);
  const head = `${String(name)}: ${String(message)}\n`;
  return typeof stack === 'string' && stack.startsWith(head) ? stack.slice(head.length) : null;
}

/**
 * A line that is safe for the log: names given by people, and texts of other systems, cannot start another
 * one.
 */
export const logLine = (text: string): string => oneLine(text).slice(0, maxLineLength);

const unprintables = new RegExp(unprintable.source, `${unprintable.flags}g`);

function oneLine(text: string): string {
  return text.replace(unprintables, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

/** The properties of an error that are read, whoever created it. */
interface Facts {
  name?: unknown;
  message?: unknown;
  stack?: unknown;
  code?: unknown;
  errno?: unknown;
  /** mysql2: the database's message, without the statement. */
  sqlMessage?: unknown;
}

const facts = (error: unknown): Facts => (typeof error === 'object' && error !== null ? error : {});

function saidBy(error: unknown): string {
  const { name, message, code, sqlMessage } = facts(error);
  if (typeof sqlMessage === 'string') return byDatabase(sqlMessage, error);
  const text = typeof message === 'string' ? message || String(code ?? name ?? '') : String(error);
  if (mayHoldStatement(text, error)) {
    const words = behindTheStatement(text, error);
    return words === null ? refusedStatement : byDatabase(words, error);
  }
  if (isOfDatabase(error)) return byDatabase(text, error);
  if (name === 'SyntaxError' && /\bJSON\b/.test(text)) return `not valid JSON${placeIn(text)}`;
  if (typeof code === 'string' && code.startsWith('ERR_')) return text.replace(/[.,;]?\s*Received\s.*$/s, '');
  return text;
}

const mayHoldStatement = (text: string, error: unknown): boolean =>
  beginsWithStatement.test(text) &&
  (text.includes(behindStatement) || isStatement.test(text) || isOfDatabase(error));

const placeIn = (text: string): string => / at position \d+/.exec(text)?.[0] ?? '';

/** Postgres codes have five letters, SQLite names its errors itself. */
function isOfDatabase(error: unknown): boolean {
  const { code, name } = facts(error);
  return (
    typeof code === 'string' && (/^SQLITE_/.test(code) || (name === 'error' && /^[\dA-Z]{5}$/.test(code)))
  );
}

/**
 * The database's message in a text that begins with a statement. Its values may contain the separator, but an
 * error's stack keeps the original text. Null if there is none and the rest is no plain sentence.
 */
function behindTheStatement(text: string, error: unknown): string | null {
  const { stack } = facts(error);
  const made = typeof stack === 'string' ? stack.split(/\n\s+at /)[0]?.replace(/^[\w$]{1,40}: /, '') : '';
  if (made && text.endsWith(behindStatement + made)) return made;
  const end = text.lastIndexOf(behindStatement);
  const rest = end === -1 ? '' : text.slice(end + behindStatement.length);
  return rest !== '' && withoutValues(rest) === rest ? rest : null;
}

/** Errors raised by the app's own triggers: RAISE of Postgres, SIGNAL of MySQL, RAISE(ABORT) of SQLite. */
function isOfTrigger(error: unknown): boolean {
  const { code, errno } = facts(error);
  return code === 'P0001' || errno === 1644 || code === 'SQLITE_CONSTRAINT_TRIGGER';
}

const byDatabase = (words: string, error: unknown): string =>
  isOfTrigger(error) ? refusedByTrigger : withoutValues(words);

/** A quoted name of a database object, recognised by the word before it. */
const quotedName =
  /\b(?:column|constraint|database|field|function|index|key|relation|role|schema|table|trigger|view) (["'])[\w$.-]{1,130}\1/gi;
const apostrophe = /^[a-z]'[a-z]$/i;

/** Up to the first quoted text that is not the name of a database object: that is a value. */
function withoutValues(said: string): string {
  const words = beginningOf(said);
  const names = [...words.matchAll(quotedName)];
  const isName = (at: number) => names.some(({ index, 0: text }) => index < at && at < index + text.length);
  const isApostrophe = (at: number) => apostrophe.test(words.slice(at - 1, at + 2));
  const value = [...words.matchAll(/["']/g)].find(({ index }) => !isName(index) && !isApostrophe(index));
  return value ? `${words.slice(0, value.index).replace(/[:\s]+$/, '')} …` : words;
}

const address = /([a-z][a-z0-9+.-]*:\/\/)(?:\S*@)?([^\s/?#'"]*)([^\s'")]*)/gi;
const credentials = /\b(?:(Bearer|Basic)\s+\S+|(whsec_)\S+)/gi;

/** Only the host of a URL; no credentials. */
const withoutSecrets = (text: string): string =>
  text
    .replace(address, (_whole, scheme: string, host: string, rest: string) =>
      rest === '' || rest === '/' ? `${scheme}${host}${rest}` : `${scheme}${host}/…`,
    )
    .replace(credentials, (_whole, scheme?: string, prefix?: string) => `${scheme ? `${scheme} ` : prefix}…`);
