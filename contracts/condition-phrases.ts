import type {
  ActorChoice,
  ActorType,
  ConditionValue,
  ContentAction,
  FieldCondition,
  SingleCondition,
  SpanUnit,
} from './conditions';
import { momentOf } from './condition-moments';
import { unprintable } from './names';

/** The texts of sentences about conditions; each stands in the translations of every language. */
export type ConditionText =
  | `condition.${'sentence' | 'quoted' | 'emptyValue' | 'orLast' | 'exceptLast' | 'norLast'}`
  | `condition.${'and' | 'andMore' | 'andGroup' | 'either' | 'or' | 'not'}`
  | `condition.field.${'plain' | 'listed' | 'its' | 'of'}`
  | `condition.${'is' | 'isNot' | 'isNoneOf' | 'isEmpty' | 'isNotEmpty' | 'isSet'}`
  | `condition.${'contains' | 'beginsWith' | 'greaterThan' | 'lessThan'}`
  | `condition.${'before' | 'after'}.${'date' | 'time'}`
  | `condition.${'inLast' | 'inNext' | 'becomes' | 'becomesEmpty' | 'changesFrom' | 'changes'}`
  | `condition.${'last' | 'next'}.${SpanUnit}`
  | `condition.${'changedOtherThan' | 'locale' | 'localeNot' | 'actor' | 'actorNot'}`
  | `condition.status.${'draft' | 'published'}`
  | `condition.named.${Exclude<ActorType, 'system'>}`
  | `condition.anybody.${ActorType}`
  | `condition.rule.${'subject' | 'done' | 'doneAgain' | 'draft' | 'itsDraft' | 'never'}`
  | `condition.action.${Exclude<ContentAction, 'draft_discarded'>}`;

/** Fills in one of the texts, in one language: ICU MessageFormat. Admin's `t` is one. */
export type SayCondition = (id: ConditionText, values: Readonly<Record<string, string | number>>) => string;

/** What things are called on the screens. What is left out is called by its path, id or code. */
export interface ConditionNames {
  /** The readable name of each part of a path: `['Customer', 'Country']`. */
  field?(path: string): readonly string[] | undefined;
  /** The title of a related entry by its document id. */
  value?(path: string, value: ConditionValue): string | undefined;
  locale?(code: string): string | undefined;
}

/** A part of a sentence; names and values are strong. */
export interface SentencePart {
  text: string;
  strong: boolean;
}

export interface ConditionSentence {
  /** For screens: a value that is one word stands without quotes, since it is set apart by its weight. */
  parts: readonly SentencePart[];
  /** Plain text: each text value is quoted, so that it can be told from the words around it. */
  text: string;
}

interface Piece {
  plain: string;
  bare: string;
}

/** Private use characters: no text of the translations has them, and no value gets there unmarked. */
const markOf = (at: number): string => `\uE000${at}\uE001`;
const mark = /\uE000(\d+)\uE001/;

/** A text that needs no quotes where it is set apart; a number or `true` would look like what it is not. */
const isBare = (text: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N} _.@/-]*$/u.test(text) && !/^(?:[\d.]+|true|false)$/.test(text);

/**
 * Phrases of one sentence. Names and values are marked in the texts, and put in at the end, so that they never meet
 * the syntax of messages.
 */
export function phrasing(say: SayCondition, names: ConditionNames) {
  const pieces: Piece[] = [];
  const strong = (plain: string, bare = plain): string => markOf(pieces.push({ plain, bare }) - 1);

  const [opening = '', , closing = ''] = say('condition.quoted', { text: markOf(0) }).split(mark);
  const empty = say('condition.emptyValue', {});

  const quoted = (text: string): string => {
    const plain = `${opening}${escaped(text, closing)}${closing}`;
    return strong(plain, isBare(text) && text !== empty ? text : plain);
  };

  const valueOf = (path: string, value: ConditionValue): string => {
    const title = names.value?.(path, value);
    if (title !== undefined) return quoted(title);
    if (value === null) return strong(empty);
    return typeof value === 'string' ? quoted(value) : strong(String(value));
  };

  /** `“a”, “b” or “c”`. */
  const listed = (items: readonly string[], last: 'condition.orLast' | 'condition.exceptLast'): string =>
    items.length < 2
      ? items.join('')
      : say(last, { list: items.slice(0, -1).join(', '), last: items.at(-1) ?? '' });

  const labelOf = (path: string): string => strong((names.field?.(path) ?? [path]).join(' → '));

  const actorOf = ({ type, id, name }: ActorChoice): string =>
    id === null || type === 'system'
      ? strong(say(`condition.anybody.${type}`, {}))
      : say(`condition.named.${type}`, { name: quoted(name ?? `#${id}`) });

  return {
    strong,
    labelOf,
    listed,
    valueOf,
    actorsOf: (actors: readonly ActorChoice[], nor: boolean): string => {
      const told = actors.map(actorOf);
      return nor
        ? told.reduce((list, last) => say('condition.norLast', { list, last }))
        : listed(told, 'condition.orLast');
    },
    localesOf: (codes: readonly string[], last: 'condition.orLast' | 'condition.exceptLast'): string =>
      listed(
        codes.map((code) => quoted(names.locale?.(code) ?? code)),
        last,
      ),

    /** The sentence with its names and values. */
    finished(text: string): ConditionSentence {
      const parts = text.split(mark).map((part, at): SentencePart & Piece => {
        const piece = at % 2 === 1 ? pieces[Number(part)] : undefined;
        return { text: part, strong: piece !== undefined, ...(piece ?? { plain: part, bare: part }) };
      });
      return {
        parts: parts
          .filter(({ bare }) => bare !== '')
          .map((part) => ({ text: part.bare, strong: part.strong })),
        text: parts.map(({ plain }) => plain).join(''),
      };
    },
  };
}

type Phrasing = ReturnType<typeof phrasing>;

/** The text without what would end its quotes or break the line: `a \” b`, `\n`, `\u{7}`. */
function escaped(text: string, closing: string): string {
  return [...text]
    .map((character) => {
      if (character === '\\' || character === closing) return `\\${character}`;
      if (character === '\n') return '\\n';
      return unprintable.test(character) ? `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}` : character;
    })
    .join('');
}

const isList = (value: ConditionValue | readonly ConditionValue[]): value is readonly ConditionValue[] =>
  Array.isArray(value);

/** One condition in words: `Status becomes “completed”`. `fieldOf` gives the words for a path: `its status`. */
export function phraseOf(
  condition: SingleCondition,
  say: SayCondition,
  phrases: Phrasing,
  fieldOf: (path: string) => string,
): string {
  if (!('field' in condition)) return changePhrase(condition, say, phrases);
  const field = fieldOf(condition.field);
  const value = (given: ConditionValue) => phrases.valueOf(condition.field, given);
  if ('is' in condition || 'isNot' in condition || 'becomes' in condition)
    return choicePhrase(condition, say, phrases, field);
  if ('changesFrom' in condition)
    return say('condition.changesFrom', {
      field,
      from: value(condition.changesFrom),
      to: value(condition.to),
    });
  if ('present' in condition)
    return say(condition.present ? 'condition.isSet' : 'condition.isEmpty', { field });
  if ('changed' in condition) return say('condition.changes', { field });
  if ('contains' in condition) return say('condition.contains', { field, value: value(condition.contains) });
  if ('beginsWith' in condition)
    return say('condition.beginsWith', { field, value: value(condition.beginsWith) });
  return orderPhrase(condition, say, phrases, field);
}

type FieldConditionWith<Key extends string> = Key extends string
  ? Extract<FieldCondition, Record<Key, unknown>>
  : never;

/** What is compared with one value or a list of values. */
function choicePhrase(
  condition: FieldConditionWith<'is' | 'isNot' | 'becomes'>,
  say: SayCondition,
  { valueOf, listed }: Phrasing,
  field: string,
): string {
  const given = 'is' in condition ? condition.is : 'isNot' in condition ? condition.isNot : condition.becomes;
  const choices = isList(given) ? given : [given];
  const isEmpty = choices.length === 1 && choices[0] === null;
  const told = choices.map((one) => valueOf(condition.field, one));
  if ('isNot' in condition) {
    if (isEmpty) return say('condition.isNotEmpty', { field });
    const id = choices.length === 1 ? 'condition.isNot' : 'condition.isNoneOf';
    return say(id, { field, value: listed(told, 'condition.exceptLast') });
  }
  const value = listed(told, 'condition.orLast');
  if ('is' in condition)
    return isEmpty ? say('condition.isEmpty', { field }) : say('condition.is', { field, value });
  return isEmpty ? say('condition.becomesEmpty', { field }) : say('condition.becomes', { field, value });
}

/** What is compared with a number or a time. */
function orderPhrase(
  condition: FieldConditionWith<'greaterThan' | 'lessThan' | 'before' | 'after' | 'inLast' | 'inNext'>,
  say: SayCondition,
  { strong }: Phrasing,
  field: string,
): string {
  if ('greaterThan' in condition)
    return say('condition.greaterThan', { field, value: strong(String(condition.greaterThan)) });
  if ('lessThan' in condition)
    return say('condition.lessThan', { field, value: strong(String(condition.lessThan)) });
  if ('before' in condition)
    return say(`condition.before.${clockOf(condition.before)}`, { field, value: strong(condition.before) });
  if ('after' in condition)
    return say(`condition.after.${clockOf(condition.after)}`, { field, value: strong(condition.after) });
  if ('inLast' in condition) {
    const { unit, count } = condition.inLast;
    return say('condition.inLast', { field, span: strong(say(`condition.last.${unit}`, { count })) });
  }
  const { unit, count } = condition.inNext;
  return say('condition.inNext', { field, span: strong(say(`condition.next.${unit}`, { count })) });
}

const clockOf = (moment: string): 'date' | 'time' => (momentOf(moment)?.kind === 'time' ? 'time' : 'date');

function changePhrase(
  condition: Exclude<SingleCondition, { field: string }>,
  say: SayCondition,
  { listed, labelOf, localesOf, actorsOf }: Phrasing,
): string {
  if ('changedOtherThan' in condition) {
    const fields = condition.changedOtherThan.map((path) =>
      say('condition.field.listed', { name: labelOf(path) }),
    );
    return say('condition.changedOtherThan', { fields: listed(fields, 'condition.exceptLast') });
  }
  if ('locale' in condition)
    return say('condition.locale', { locales: localesOf(condition.locale, 'condition.orLast') });
  if ('localeNot' in condition)
    return say('condition.localeNot', { locales: localesOf(condition.localeNot, 'condition.exceptLast') });
  if ('status' in condition) return say(`condition.status.${condition.status}`, {});
  if ('actor' in condition) return say('condition.actor', { actors: actorsOf(condition.actor, false) });
  return say('condition.actorNot', { actors: actorsOf(condition.actorNot, true) });
}
