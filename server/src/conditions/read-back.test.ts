import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import fc from 'fast-check';
import { actorTypes, conditionSentence, spanUnits, webhookConditions } from '../../../contracts';
import type {
  ActorChoice,
  Condition,
  ConditionGroup,
  ConditionNames,
  ConditionValue,
  SingleCondition,
  WebhookConditions,
} from '../../../contracts';
import en from '../../../admin/src/translations/en.json';
import uk from '../../../admin/src/translations/uk.json';
import { conditionWords } from './sentence';

/**
 * Reads sentences back, by the translated texts alone: every way to read one is tried. A sentence that can be read in
 * two ways, or in another way than it was meant, fails.
 */
type Parser<Of> = (text: string, at: number) => [Of, number][];

const literal =
  (wanted: string): Parser<string> =>
  (text, at) =>
    text.startsWith(wanted, at) ? [[wanted, at + wanted.length]] : [];
const anyOf =
  <Of>(...parsers: Parser<Of>[]): Parser<Of> =>
  (text, at) =>
    parsers.flatMap((parser) => parser(text, at));
const map =
  <From, To>(parser: Parser<From>, change: (from: From) => To): Parser<To> =>
  (text, at) =>
    parser(text, at).map(([value, end]) => [change(value), end]);
const matching =
  (pattern: RegExp): Parser<string> =>
  (text, at) => {
    const found = new RegExp(pattern.source, 'yu');
    found.lastIndex = at;
    const match = found.exec(text)?.[0];
    return match === undefined ? [] : [[match, at + match.length]];
  };
const separated =
  <Of>(item: Parser<Of>, separator: string, least = 1): Parser<Of[]> =>
  (text, at) => {
    const results: [Of[], number][] = [];
    const more = (items: Of[], from: number): void => {
      for (const [value, end] of item(text, from)) {
        const list = [...items, value];
        if (list.length >= least) results.push([list, end]);
        for (const [, next] of literal(separator)(text, end)) more(list, next);
      }
    };
    more([], at);
    return results;
  };

type Parts = Record<string, unknown>;
const sequence = (
  elements: readonly MessageFormatElement[],
  holes: Record<string, Parser<unknown>>,
): Parser<Parts> =>
  elements.reduce<Parser<Parts>>(
    (before, element) => (text, at) =>
      before(text, at).flatMap(([parts, end]) =>
        elementOf(element, holes)(text, end).map(([more, next]): [Parts, number] => [
          { ...parts, ...more },
          next,
        ]),
      ),
    (_text, at) => [[{}, at]],
  );

function elementOf(element: MessageFormatElement, holes: Record<string, Parser<unknown>>): Parser<Parts> {
  if (element.type === TYPE.literal) return map(literal(element.value), () => ({}));
  if (element.type === TYPE.pound) return map(matching(/\d+/), (count) => ({ count: Number(count) }));
  if (element.type === TYPE.plural)
    return anyOf(...Object.values(element.options).map(({ value }) => sequence(value, holes)));
  if (element.type !== TYPE.argument) throw new Error(`not expected in a phrase: ${element.type}`);
  const hole = holes[element.value];
  if (hole === undefined) throw new Error(`nothing to read for ${element.value}`);
  return map(hole, (value) => ({ [element.value]: value }));
}

const labels = {
  status: ['Status'],
  total: ['Total'],
  'customer.country': ['Customer', 'Country'],
  terms: ['Terms and conditions'],
  other: ['Total is not'],
  plan: ['Plan or “price”'],
} as const;
const titles: Record<string, string> = { d1: 'Studio “or” plan', d2: 'Start' };
const locales: Record<string, string> = { uk: 'Ukrainian (uk)', en: 'English' };
const people: ActorChoice[] = [
  { type: 'admin', id: '1', name: 'Anna or Ivan' },
  { type: 'admin', id: '2', name: null },
  { type: 'api_token', id: '1', name: 'Імпорт «A» і не B' },
  { type: 'user', id: '9', name: 'user”, or' },
  ...actorTypes.map((type): ActorChoice => ({ type, id: null, name: null })),
];
const names: ConditionNames = {
  field: (path) => (labels as Record<string, readonly string[]>)[path],
  value: (path, value) => (path === 'plan' && typeof value === 'string' ? titles[value] : undefined),
  locale: (code) => locales[code],
};

/** What a sentence in this language says. */
function readerOf(texts: Record<string, string>) {
  const text = (id: string): string => texts[`condition.${id}`] ?? '';
  const template = (id: string, holes: Record<string, Parser<unknown>> = {}) =>
    sequence(parse(text(id)), holes);
  const phrase = (
    id: string,
    holes: Record<string, Parser<unknown>>,
    made: (parts: Parts) => object,
  ): Parser<SingleCondition> => map(template(id, holes), (parts) => made(parts) as SingleCondition);
  /** What stands between the two halves of a text. */
  const between = (id: string): string => /\}(.*)\{/s.exec(text(id))?.[1] ?? '';

  const closing = text('quoted').slice(-1);
  const quotedText: Parser<string> = (sentence, at) => {
    let said = '';
    for (let next = at; next < sentence.length;) {
      const character = String.fromCodePoint(sentence.codePointAt(next) ?? 0);
      if (character === closing) return [[said, next]];
      const code = /^\\u\{([0-9a-f]+)\}/.exec(sentence.slice(next));
      if (character !== '\\') [said, next] = [said + character, next + character.length];
      else if (code)
        [said, next] = [said + String.fromCodePoint(parseInt(code[1] ?? '', 16)), next + code[0].length];
      else {
        const meant = String.fromCodePoint(sentence.codePointAt(next + 1) ?? 0);
        [said, next] = [said + (meant === 'n' ? '\n' : meant), next + 1 + meant.length];
      }
    }
    return [];
  };
  const quoted = map(template('quoted', { text: quotedText }), (parts) => String(parts['text']));

  const name = anyOf(
    ...Object.entries(labels).map(([path, parts]) => map(literal(parts.join(' → ')), () => path)),
  );
  const field = map(template('field.plain', { name }), (parts) => parts['name']);
  const number = map(matching(/-?\d+(?:\.\d+)?(?:e[+-]\d+)?(?![\d-])/), Number);
  const value = anyOf<ConditionValue>(
    quoted,
    number,
    map(literal('true'), () => true),
    map(literal('false'), () => false),
    map(template('emptyValue'), () => null),
  );
  const list = <Of>(item: Parser<Of>, last: string): Parser<Of[]> =>
    anyOf(
      map(item, (one) => [one]),
      map(template(last, { list: separated(item, ', '), last: item }), (parts) => [
        ...(parts['list'] as Of[]),
        parts['last'] as Of,
      ]),
    );
  const moment = matching(/[\d.:TZ-]*[\dZ]/);
  const span = (which: 'last' | 'next') =>
    anyOf(...spanUnits.map((unit) => map(template(`${which}.${unit}`), ({ count }) => ({ count, unit }))));
  const person = anyOf<ActorChoice>(
    ...actorTypes.map((type) =>
      map(template(`anybody.${type}`), (): ActorChoice => ({ type, id: null, name: null })),
    ),
    ...actorTypes
      .filter((type) => type !== 'system')
      .map((type) =>
        map(template(`named.${type}`, { name: quoted }), (parts): ActorChoice => ({
          type,
          id: null,
          name: String(parts['name']),
        })),
      ),
  );
  const values = list(value, 'orLast');
  const except = list(value, 'exceptLast');
  const codes = (last: string) => list(quoted, last);

  const anySingle = anyOf<SingleCondition>(
    phrase('is', { field, value: values }, ({ field, value }) => ({ field, is: value })),
    phrase('isNot', { field, value: map(value, (one) => [one]) }, ({ field, value }) => ({
      field,
      isNot: value,
    })),
    phrase('isNoneOf', { field, value: except }, ({ field, value }) => ({ field, isNot: value })),
    phrase('isEmpty', { field }, ({ field }) => ({ field, present: false })),
    phrase('isNotEmpty', { field }, ({ field }) => ({ field, isNot: null })),
    phrase('isSet', { field }, ({ field }) => ({ field, present: true })),
    phrase('contains', { field, value: quoted }, ({ field, value }) => ({ field, contains: value })),
    phrase('beginsWith', { field, value: quoted }, ({ field, value }) => ({ field, beginsWith: value })),
    phrase('greaterThan', { field, value: number }, ({ field, value }) => ({ field, greaterThan: value })),
    phrase('lessThan', { field, value: number }, ({ field, value }) => ({ field, lessThan: value })),
    ...['date', 'time'].flatMap((kind) => [
      phrase(`before.${kind}`, { field, value: moment }, ({ field, value }) => ({ field, before: value })),
      phrase(`after.${kind}`, { field, value: moment }, ({ field, value }) => ({ field, after: value })),
    ]),
    phrase('inLast', { field, span: span('last') }, ({ field, span }) => ({ field, inLast: span })),
    phrase('inNext', { field, span: span('next') }, ({ field, span }) => ({ field, inNext: span })),
    phrase('becomes', { field, value: values }, ({ field, value }) => ({ field, becomes: value })),
    phrase('becomesEmpty', { field }, ({ field }) => ({ field, becomes: null })),
    phrase('changesFrom', { field, from: value, to: value }, ({ field, from, to }) => ({
      field,
      changesFrom: from,
      to,
    })),
    phrase('changes', { field }, ({ field }) => ({ field, changed: true })),
    phrase(
      'changedOtherThan',
      {
        fields: list(
          map(template('field.listed', { name }), (parts) => parts['name']),
          'exceptLast',
        ),
      },
      ({ fields }) => ({ changedOtherThan: fields }),
    ),
    phrase('locale', { locales: codes('orLast') }, ({ locales }) => ({ locale: locales })),
    phrase('localeNot', { locales: codes('exceptLast') }, ({ locales }) => ({ localeNot: locales })),
    phrase('status.draft', {}, () => ({ status: 'draft' })),
    phrase('status.published', {}, () => ({ status: 'published' })),
    phrase('actor', { actors: list(person, 'orLast') }, ({ actors }) => ({ actor: actors })),
    phrase('actorNot', { actors: separated(person, between('norLast')) }, ({ actors }) => ({
      actorNot: actors,
    })),
  );

  /** English says some things with equal words, like before a date and before a time: one reading is enough. */
  const single: Parser<SingleCondition> = (sentence, at) => [
    ...new Map(anySingle(sentence, at).map((reading) => [JSON.stringify(reading), reading])).values(),
  ];

  const all = anyOf<Condition>(
    single,
    map(
      (sentence, at) =>
        separated(single, between('and'))(sentence, at).filter(([{ length }]) => length === 2),
      (parts: SingleCondition[]) => ({ all: parts }),
    ),
    map(separated(single, between('andMore'), 3), (parts) => ({ all: parts })),
  );
  const either = (member: Parser<Condition>): Parser<Condition> => {
    const begin = text('either').replace('{first}', '');
    return (sentence, at) =>
      literal(begin)(sentence, at).flatMap(([, end]) =>
        map(separated(member, between('or'), 2), (parts) => ({ any: parts }))(sentence, end),
      );
  };
  const groups = separated(either(single), between('andGroup'));
  const conditions = anyOf<Condition>(
    all,
    either(all),
    map(groups, (parts) => ({ all: parts })),
    (sentence, at) =>
      all(sentence, at).flatMap(([first, end]) =>
        literal(between('andGroup'))(sentence, end).flatMap(([, next]) =>
          map(groups, (parts) => ({ all: [first, ...parts] }))(sentence, next),
        ),
      ),
  );
  const whole = template('sentence', { conditions });
  return (sentence: string): Condition[] =>
    whole(sentence, 0)
      .filter(([, end]) => end === sentence.length)
      .map(([parts]) => parts['conditions'] as Condition);
}

/** What means the same, in one form: as a sentence can say it, and with what it is called on the screens. */
function canonical(condition: Condition): unknown {
  if ('all' in condition) return canonicalGroup('all', condition.all);
  if ('any' in condition) return canonicalGroup('any', condition.any);
  if ('not' in condition) return { not: canonical(condition.not) };
  const called = (value: ConditionValue) =>
    'field' in condition ? (names.value?.(condition.field, value) ?? value) : value;
  const choice = (given: unknown) => {
    const choices = (Array.isArray(given) ? given : [given]).map(called);
    return choices.length === 1 ? choices[0] : choices;
  };
  if ('is' in condition) {
    const is = choice(condition.is);
    return is === null ? { field: condition.field, present: false } : { ...condition, is };
  }
  if ('isNot' in condition) return { ...condition, isNot: choice(condition.isNot) };
  if ('becomes' in condition) return { ...condition, becomes: choice(condition.becomes) };
  if ('changesFrom' in condition)
    return { ...condition, changesFrom: called(condition.changesFrom), to: called(condition.to) };
  if ('contains' in condition) return { ...condition, contains: called(condition.contains) };
  if ('beginsWith' in condition) return { ...condition, beginsWith: called(condition.beginsWith) };
  if ('locale' in condition) return { locale: condition.locale.map((code) => locales[code] ?? code) };
  if ('localeNot' in condition)
    return { localeNot: condition.localeNot.map((code) => locales[code] ?? code) };
  const person = ({ type, id, name }: ActorChoice) => ({
    type,
    name: name ?? (id === null ? null : `#${id}`),
  });
  if ('actor' in condition) return { actor: condition.actor.map(person) };
  if ('actorNot' in condition) return { actorNot: condition.actorNot.map(person) };
  return condition;
}

function canonicalGroup(kind: 'all' | 'any', conditions: readonly Condition[]): unknown {
  const isGroup = (one: unknown) => typeof one === 'object' && one !== null && ('all' in one || 'any' in one);
  const parts = conditions.map(canonical).flatMap((one) => {
    const same = (one as Record<string, unknown[] | undefined>)[kind];
    return Array.isArray(same) ? same : [one];
  });
  if (parts.length === 1) return parts[0];
  if (kind === 'any') return { any: parts };
  return { all: [...parts.filter((one) => !isGroup(one)), ...parts.filter(isGroup)] };
}

const nasty = [
  ...[
    '',
    ' ',
    '”',
    '“',
    '»',
    '«',
    '\\',
    '\\”',
    '\\n',
    '\n',
    '\u202e',
    '\u0007',
    'and',
    'empty',
    '100',
    'true',
    '{x}',
  ],
  ...[
    '” and Total is greater than “5',
    '», або поле «Total» порожнє',
    'Anna or Ivan',
    "it's '{'",
    '\u{1F600}',
    '#',
  ],
];
const text = fc
  .oneof(
    fc.constantFrom(...nasty),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  .filter((given) => !given.includes('\0') && !/\p{Cs}/u.test(given));
const filled = text.filter((given) => given !== '');
const field = fc.constantFrom(...Object.keys(labels));
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((given) => given + 0);
const value = fc.oneof<fc.Arbitrary<ConditionValue>[]>(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.constant('d1'),
);
const choice = fc.oneof(value, fc.constant(null), fc.array(value, { minLength: 1, maxLength: 4 }));
const span = fc.record({ count: fc.integer({ min: 1, max: 999 }), unit: fc.constantFrom(...spanUnits) });
const moment = fc.constantFrom(
  '2026-11-29',
  '14:05',
  '14:05:00.250',
  '2026-11-29T14:05:00Z',
  '2026-11-29T14:05:00.418Z',
);
const actors = fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 3 });
const codes = fc.array(fc.oneof(fc.constantFrom('uk', 'en'), filled), { minLength: 1, maxLength: 3 });
const single = fc.oneof<fc.Arbitrary<SingleCondition>[]>(
  fc.record({ field, is: choice }),
  fc.record({ field, isNot: choice }),
  fc.record({ field, becomes: choice }),
  fc.record({ field, contains: filled }),
  fc.record({ field, beginsWith: filled }),
  fc.record({ field, greaterThan: number }),
  fc.record({ field, lessThan: number }),
  fc.record({ field, before: moment }),
  fc.record({ field, after: moment }),
  fc.record({ field, inLast: span }),
  fc.record({ field, inNext: span }),
  fc.record({ field, changesFrom: value, to: value }),
  fc.record({ field, changed: fc.constant(true as const) }),
  fc.record({ field, present: fc.boolean() }),
  fc.record({ changedOtherThan: fc.array(field, { minLength: 1, maxLength: 3 }) }),
  fc.record({ locale: codes }),
  fc.record({ localeNot: codes }),
  fc.record({ status: fc.constantFrom('draft' as const, 'published' as const) }),
  fc.record({ actor: actors }),
  fc.record({ actorNot: actors }),
);
const groupOf = <Member>(member: fc.Arbitrary<Member>): fc.Arbitrary<ConditionGroup<Member>> =>
  fc.oneof(
    fc.record({ all: fc.array(member, { minLength: 1, maxLength: 4 }) }),
    fc.record({ any: fc.array(member, { minLength: 1, maxLength: 4 }) }),
  );
const conditions: fc.Arbitrary<WebhookConditions> = groupOf(
  fc.oneof<fc.Arbitrary<SingleCondition | ConditionGroup<SingleCondition>>[]>(single, groupOf(single)),
);

describe.each([
  ['en', en],
  ['uk', uk],
] as const)('a sentence in %s', (language, texts) => {
  const said = new Set<string>();
  const say: ReturnType<typeof conditionWords> = (id, values) => {
    said.add(id);
    return conditionWords(language)(id, values);
  };
  const read = readerOf(texts);

  it('says what it was made of, and nothing else, whatever the values are', () => {
    fc.assert(
      fc.property(conditions, (given) => {
        expect(webhookConditions.parse(given)).toEqual(given);
        const sentence = conditionSentence(given, names, say);
        const readings = new Set(read(sentence.text).map((one) => JSON.stringify(canonical(one))));
        expect([...readings]).toEqual([JSON.stringify(canonical(given))]);
      }),
      { numRuns: 300 },
    );
  });

  it('needs every text of conditions that the translations have', () => {
    const others = /^condition\.(?:rule|action|not|field\.(?:its|of))/;
    const kept = Object.keys(texts).filter((id) => id.startsWith('condition.') && !others.test(id));
    expect(kept.filter((id) => !said.has(id))).toEqual([]);
  });
});
