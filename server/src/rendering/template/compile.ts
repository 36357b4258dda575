import { LiquidError, TypeGuards } from 'liquidjs';
import type { Template } from 'liquidjs';
import { templateLimits } from '../../../../contracts';
import { filterNames } from '../filters';
import { RenderFault, TextFault, placeAt } from '../template-error';
import { TemplateParser, allowedTags } from './engine';
import { wordOf } from './secret-name';
import { suggestionFor } from './suggestion';
import type { PropertyAccess, Range } from './walk';
import { walk } from './walk';

/** A parsed text, and everything that is wrong with it whatever it is rendered with. */
export interface Compiled {
  text: string;
  templates: readonly Template[];
  faults: readonly TextFault[];
  /** Secrets that it names. */
  secrets: readonly { name: string; offset: number }[];
}

/** A range is written in the template: one whose ends come from an entry could have any length, or none that ends. */
const longestRange = 1000;

/** Parses a text of a template. Never throws: what is wrong is in `faults`. */
export function compile(text: string): Compiled {
  const known = cache.get(text);
  if (known) {
    // The last used is the last to go.
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const compiled = compileAnew(text);
  cache.set(text, compiled);
  cachedLength += text.length;
  for (const oldest of cache.keys()) {
    if (cache.size <= cacheLimits.texts && cachedLength <= cacheLimits.characters) break;
    cache.delete(oldest);
    cachedLength -= oldest.length;
  }
  return compiled;
}

/** Parsed templates take thirty times the memory of their text: 15 MB at most. */
const cacheLimits = { texts: 500, characters: 512 * 1024 } as const;
const cache = new Map<string, Compiled>();
let cachedLength = 0;

function compileAnew(text: string): Compiled {
  try {
    if (text.length > templateLimits.length) {
      throw new TextFault(`must be at most ${templateLimits.length} characters`, null);
    }
    return checkedStatically(text, new TemplateParser().parse(text));
  } catch (error) {
    return { text, templates: [], faults: [parseFault(error, text)], secrets: [] };
  }
}

function checkedStatically(text: string, templates: readonly Template[]): Compiled {
  const faults: TextFault[] = [];
  const secrets: { name: string; offset: number }[] = [];
  const fault = (message: string, offset: number, suggestion: string | null = null) =>
    faults.push(new TextFault(message, placeAt(text, offset), suggestion));
  const captured = new Set<unknown>();
  walk(templates, {
    output: (node, inCapture) => inCapture && captured.add(node),
    filter: (name, offset) => {
      if (filterNames.has(name)) return;
      fault(`there is no filter called “${name}”`, offset, suggestionFor(name, [...filterNames]));
    },
    path: (path, { of }) => {
      if (rootOf(path) !== 'secret') return;
      const name = path.props.length === 2 && path.props[1] ? wordOf(path.props[1]) : null;
      if (of === null || of.value.filters.length > 0 || captured.has(of) || name === null) {
        fault(
          'a secret can only be written as it is: {{ secret.name }}, without filters or conditions',
          path.begin,
        );
      } else secrets.push({ name, offset: path.begin });
    },
    range: (range) => {
      const length = lengthOf(range);
      if (length === null) fault('a range is written with two whole numbers: (1..5)', range.begin);
      else if (length > longestRange) fault(`a range has at most ${longestRange} numbers`, range.begin);
    },
  });
  return { text, templates, faults, secrets };
}

export const rootOf = (path: PropertyAccess): string | null => {
  const [root] = path.props;
  return path.variable === undefined && root ? wordOf(root) : null;
};

function lengthOf({ lhs, rhs }: Range): number | null {
  if (!TypeGuards.isNumberToken(lhs) || !TypeGuards.isNumberToken(rhs)) return null;
  const [from, to] = [Number(lhs.getText()), Number(rhs.getText())];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return null;
  return Math.max(0, to - from + 1);
}

const unknownTag = /^tag "(.{1,60})" not found/;

/** Liquid's messages, in plain words. They quote the template, which is ours to quote. */
function parseFault(error: unknown, text: string): TextFault {
  if (error instanceof TextFault) return error;
  if (error instanceof RangeError) return new TextFault('brackets stand in each other too deep', null);
  const token = tokenOf(error);
  const place = token ? placeAt(text, token.begin) : null;
  const thrown = LiquidError.is(error) ? originalOf(error) : error;
  if (thrown instanceof RenderFault) return new TextFault(thrown.message, place);
  if (thrown instanceof RangeError) return new TextFault('brackets stand in each other too deep', place);
  const said = thrown instanceof Error ? thrown.message.replace(/, line:\d+, col:\d+$/, '') : '';
  const [, tag] = unknownTag.exec(said) ?? [];
  if (tag === undefined) return new TextFault(plainWords(said), place);
  const at = token ? text.indexOf(tag, token.begin) : -1;
  const message = refusedTags.has(tag)
    ? `the tag “${tag}” is not available here`
    : `there is no tag called “${tag}”`;
  return new TextFault(message, at < 0 ? place : placeAt(text, at), suggestionFor(tag, suggestedTags));
}

const refusedTags = new Set([
  ...[
    'block',
    'cycle',
    'decrement',
    'echo',
    'include',
    'increment',
    'layout',
    'liquid',
    'render',
    'tablerow',
  ],
]);
const suggestedTags = [
  ...allowedTags.filter((tag) => tag !== '#'),
  ...[
    'else',
    'elsif',
    'endcapture',
    'endcase',
    'endcomment',
    'endfor',
    'endif',
    'endraw',
    'endunless',
    'when',
  ],
];

const notClosed = /^(tag|output|raw) .*not closed$/s;

function plainWords(said: string): string {
  const [, what] = notClosed.exec(said) ?? [];
  if (what === 'output') return 'a value begins here with {{ and does not end with }}';
  if (what !== undefined) return 'a tag begins here and is never closed';
  if (said.startsWith('invalid value expression')) return 'a value is missing here';
  if (said.startsWith('expected "|" before filter')) return 'this is not understood; a filter begins with |';
  if (said.startsWith('expected filter name')) return 'the name of a filter is missing here';
  return said === '' ? 'this is not understood' : `this is not understood: ${said.slice(0, 200)}`;
}

function originalOf(error: Error): unknown {
  return (error as { originalError?: unknown }).originalError ?? error;
}

function tokenOf(error: unknown): { begin: number } | null {
  const token = (error as { token?: { begin?: unknown } } | null)?.token;
  return typeof token?.begin === 'number' ? { begin: token.begin } : null;
}
