import { percentEncoded } from './template/as-text';
import type { HeaderText, RenderedRequest } from './types';

/**
 * A mark stands for a secret until the request is sent, so that what is stored and shown never holds one. It consists of
 * lower-case letters and digits: no escape changes it, and nobody who writes content can know the nonce.
 */
export const markOf = (nonce: string, index: number): string => `s${nonce}n${index}e`;

const shown = '••••';
const hiddenCharacters = /[\u0000-\u0008\u000a-\u001f\u007f]/; // eslint-disable-line no-control-regex

/** A secret that cannot be put in its place. The message holds its name, and nothing of its value. */
export class SecretError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SecretError';
  }
}

type Escape = (value: string, name: string) => string;

const asIs: Escape = (value) => value;
const inJson: Escape = (value) => JSON.stringify(value).slice(1, -1);
const inHeader: Escape = (value, name) => {
  if (hiddenCharacters.test(value))
    throw new SecretError(`the secret ${name} holds a line break, which no header may`);
  return value;
};

function bodyEscape(contentType: string | null): Escape {
  const type = contentType?.split(';', 1)[0]?.trim() ?? '';
  if (type === 'application/x-www-form-urlencoded') return percentEncoded;
  return type === 'application/json' || type.endsWith('+json') ? inJson : asIs;
}

/**
 * The request with its secrets, each escaped for the place where it stands. It must not be stored. Throws a SecretError
 * if a secret is not among the values.
 */
export function withSecrets(
  rendered: RenderedRequest,
  values: Readonly<Record<string, string>>,
): RenderedRequest & { secrets: null } {
  const valueOf = (name: string): string => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new SecretError(`the secret ${name} has no value`);
    return value;
  };
  return filled(rendered, (escape) => (name) => escape(valueOf(name), name));
}

/** The request as it may be shown. */
export const masked = (rendered: RenderedRequest): RenderedRequest & { secrets: null } =>
  filled(rendered, () => () => shown);

function filled(
  rendered: RenderedRequest,
  valueIn: (escape: Escape) => (name: string) => string,
): RenderedRequest & { secrets: null } {
  const { secrets } = rendered;
  if (secrets === null) return { ...rendered, secrets };
  const marks = new RegExp(`s${secrets.nonce}n(\\d+)e`, 'g');
  const fill = (text: string, escape: Escape): string => {
    const value = valueIn(escape);
    return text.replace(marks, (_mark, index: string) => value(secrets.names[Number(index)] ?? ''));
  };
  return {
    ...rendered,
    suffix: fill(rendered.suffix, percentEncoded),
    headers: rendered.headers.map(({ name, value }): HeaderText => ({ name, value: fill(value, inHeader) })),
    body: rendered.body === null ? null : fill(rendered.body, bodyEscape(rendered.contentType)),
    secrets: null,
  };
}

/** Gives out marks, and remembers whose. */
export function createMarks(nonce: string, known: readonly string[]) {
  const names: string[] = [];
  return {
    mark(name: string): string {
      if (!known.includes(name)) return '';
      if (!names.includes(name)) names.push(name);
      return markOf(nonce, names.indexOf(name));
    },
    used: () => (names.length === 0 ? null : { nonce, names }),
  };
}
