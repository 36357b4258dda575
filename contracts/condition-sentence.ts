import type { Condition, SingleCondition } from './conditions';
import { phraseOf, phrasing } from './condition-phrases';
import type { ConditionNames, ConditionSentence, SayCondition } from './condition-phrases';

/**
 * A condition in words, without capital and full stop, which `condition.sentence` adds: `Status becomes “completed” and
 * Total is greater than 100, and either Customer → Country is “UA” or “PL”, or the change was not made by …`.
 *
 * Within "all", single conditions come before groups, so that it is clear where a group ends; the meaning is the same.
 */
export function conditionPhrase(
  condition: Condition,
  names: ConditionNames,
  say: SayCondition,
): ConditionSentence {
  const phrases = phrasing(say, names);
  return phrases.finished(tellerOf(say, phrases, plainField(say, phrases))(condition));
}

/** The whole sentence: `Sends only when … .` */
export function conditionSentence(
  condition: Condition,
  names: ConditionNames,
  say: SayCondition,
): ConditionSentence {
  const phrases = phrasing(say, names);
  const conditions = tellerOf(say, phrases, plainField(say, phrases))(condition);
  return phrases.finished(say('condition.sentence', { conditions }));
}

type Phrasing = ReturnType<typeof phrasing>;

const plainField =
  (say: SayCondition, { labelOf }: Phrasing) =>
  (path: string): string =>
    say('condition.field.plain', { name: labelOf(path) });

/** The groups of a condition with what changes nothing left out: groups in groups of their kind, groups of one. */
type Node =
  | { kind: 'single'; condition: SingleCondition }
  | { kind: 'not'; inner: Node }
  | { kind: 'all' | 'any'; parts: readonly Node[] };

function nodeOf(condition: Condition): Node {
  if ('all' in condition) return groupOf('all', condition.all);
  if ('any' in condition) return groupOf('any', condition.any);
  if ('not' in condition) return { kind: 'not', inner: nodeOf(condition.not) };
  return { kind: 'single', condition };
}

function groupOf(kind: 'all' | 'any', conditions: readonly Condition[]): Node {
  const parts = conditions.map(nodeOf).flatMap((node) => (node.kind === kind ? node.parts : [node]));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  if (kind === 'any') return { kind, parts };
  return { kind, parts: [...parts.filter((part) => !isGroup(part)), ...parts.filter(isGroup)] };
}

const isGroup = ({ kind }: Node): boolean => kind === 'all' || kind === 'any';

/**
 * Tells conditions within one sentence. "and" binds more closely than ", or", and "either" begins a group that ", and"
 * ends; what is nested deeper than that stands in brackets.
 *
 * @param fieldOf the words for a path: `Status`, `its status`.
 */
export function tellerOf(say: SayCondition, phrases: Phrasing, fieldOf: (path: string) => string) {
  const told = (node: Node): string => {
    if (node.kind === 'single') return phraseOf(node.condition, say, phrases, fieldOf);
    if (node.kind === 'not') return say('condition.not', { condition: told(node.inner) });
    return node.kind === 'all' ? all(node.parts) : either(node.parts);
  };

  const joined = (parts: readonly string[], id: 'condition.and' | 'condition.andMore' | 'condition.or') =>
    parts.reduce((first, second) => say(id, { first, second }));

  const plainAll = (parts: readonly Node[]): string =>
    joined(parts.map(told), parts.length === 2 ? 'condition.and' : 'condition.andMore');

  const all = (parts: readonly Node[]): string => {
    const [single, groups] = [parts.filter((part) => !isGroup(part)), parts.filter(isGroup)];
    const phrasesOf = [
      ...(single.length === 0 ? [] : [plainAll(single)]),
      ...groups.map((group) =>
        'parts' in group && group.parts.some(isGroup) ? `(${told(group)})` : told(group),
      ),
    ];
    return phrasesOf.reduce((first, second) => say('condition.andGroup', { first, second }));
  };

  const either = (parts: readonly Node[]): string => {
    const members = parts.map((part) =>
      'parts' in part && part.parts.some(isGroup) ? `(${told(part)})` : told(part),
    );
    const [first = '', ...others] = members;
    return joined([say('condition.either', { first }), ...others], 'condition.or');
  };

  return (condition: Condition): string => told(nodeOf(condition));
}
