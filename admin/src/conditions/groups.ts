import type { Condition, ConditionGroup, SingleCondition, WebhookConditions } from '../../../contracts';
import { conditionOf, isUnfilled, newRow, type Row } from './rows';

export type Member = SingleCondition | ConditionGroup<SingleCondition>;

/** `all` or `any`: whether all members of a group have to be true, or one. */
export type GroupMode = 'all' | 'any';

/** The index of a member in the group; of a member of a nested group, that of the group and its own. */
export type Place = readonly number[];

export const isGroup = (member: Member): member is ConditionGroup<SingleCondition> =>
  'all' in member || 'any' in member;

export const modeOf = (group: ConditionGroup<unknown>): GroupMode => ('all' in group ? 'all' : 'any');

export const membersOf = <Of>(group: ConditionGroup<Of>): readonly Of[] =>
  'all' in group ? group.all : group.any;

const groupOf = <Of>(mode: GroupMode, members: readonly Of[]): ConditionGroup<Of> =>
  mode === 'all' ? { all: members } : { any: members };

const otherMode = (mode: GroupMode): GroupMode => (mode === 'all' ? 'any' : 'all');

/** Every condition with its place, those of nested groups too. */
export function placedConditions(
  conditions: WebhookConditions | null,
): { place: Place; condition: SingleCondition }[] {
  if (!conditions) return [];
  return membersOf<Member>(conditions).flatMap((member, index) =>
    isGroup(member)
      ? membersOf(member).map((condition, inner) => ({ place: [index, inner], condition }))
      : [{ place: [index], condition: member }],
  );
}

/** Places of the rows in which something is still missing. */
export const unfilledRows = (conditions: WebhookConditions | null): Place[] =>
  placedConditions(conditions)
    .filter(({ condition }) => isUnfilled(condition))
    .map(({ place }) => place);

/** Without the rows in which something is still missing; null: nothing is left. */
export function filledConditions(conditions: WebhookConditions): WebhookConditions | null {
  const members = membersOf<Member>(conditions).flatMap((member): Member[] => {
    if (!isGroup(member)) return isUnfilled(member) ? [] : [member];
    const filled = membersOf(member).filter((condition) => !isUnfilled(condition));
    return filled.length === 0 ? [] : [groupOf(modeOf(member), filled)];
  });
  return members.length === 0 ? null : groupOf(modeOf(conditions), members);
}

const blank = (): SingleCondition => conditionOf(newRow);

/** Another empty row at the end; with the index of a nested group at the end of that. */
export function addRow(conditions: WebhookConditions | null, group?: number): WebhookConditions {
  if (!conditions) return { all: [blank()] };
  const members = membersOf<Member>(conditions);
  const nested = group === undefined ? undefined : members[group];
  if (group === undefined || !nested || !isGroup(nested)) {
    return groupOf(modeOf(conditions), [...members, blank()]);
  }
  const grown = groupOf(modeOf(nested), [...membersOf(nested), blank()]);
  return groupOf(modeOf(conditions), members.with(group, grown));
}

/** A nested group with one empty row; of the other mode, since one of the same would say nothing more. */
export function addGroup(conditions: WebhookConditions | null): WebhookConditions {
  const mode = conditions ? modeOf(conditions) : 'all';
  const members = conditions ? membersOf<Member>(conditions) : [];
  return groupOf<Member>(mode, [...members, groupOf(otherMode(mode), [blank()])]);
}

/** Without what is at `place`; a group that has nothing left goes with its last row. Null: no conditions are left. */
export function removeAt(conditions: WebhookConditions, place: Place): WebhookConditions | null {
  const [index = 0, inner] = place;
  const members = membersOf<Member>(conditions);
  const nested = members[index];
  const left = inner !== undefined && nested && isGroup(nested) ? membersOf(nested).toSpliced(inner, 1) : [];
  const changed =
    left.length > 0 && nested && isGroup(nested)
      ? members.with(index, groupOf(modeOf(nested), left))
      : members.toSpliced(index, 1);
  return changed.length === 0 ? null : groupOf(modeOf(conditions), changed);
}

/** With another row at `place`. */
export function changeRow(conditions: WebhookConditions, place: Place, row: Row): WebhookConditions {
  const [index = 0, inner] = place;
  const members = membersOf<Member>(conditions);
  const nested = members[index];
  const changed =
    inner !== undefined && nested && isGroup(nested)
      ? groupOf(modeOf(nested), membersOf(nested).with(inner, conditionOf(row)))
      : conditionOf(row);
  return groupOf(modeOf(conditions), members.with(index, changed));
}

/** With another mode; with the index of a nested group of that. */
export function changeMode(
  conditions: WebhookConditions,
  mode: GroupMode,
  group?: number,
): WebhookConditions {
  const members = membersOf<Member>(conditions);
  const nested = group === undefined ? undefined : members[group];
  if (group === undefined || !nested || !isGroup(nested)) return groupOf(mode, members);
  return groupOf(modeOf(conditions), members.with(group, groupOf(mode, membersOf(nested))));
}

/** Of any condition, as it can be edited: a group, and groups in it. Null: it is nested deeper, or negated. */
export function editable(condition: Condition): WebhookConditions | null {
  const members = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition];
  const edited = members.map(memberOf);
  if (edited.includes(null)) return null;
  return groupOf('any' in condition ? 'any' : 'all', edited as Member[]);
}

function memberOf(condition: Condition): Member | null {
  if ('not' in condition) return null;
  if (!('all' in condition) && !('any' in condition)) return condition;
  const inner = 'all' in condition ? condition.all : condition.any;
  const isFlat = inner.every((one) => !('all' in one) && !('any' in one) && !('not' in one));
  return isFlat ? (condition as ConditionGroup<SingleCondition>) : null;
}

/** Where in a group the schema's path leads: `['all', '1', 'any', '0', 'is']` → `['1', '0']`. */
export const placeIn = ([group, index, ...rest]: readonly string[]): string[] =>
  (group === 'all' || group === 'any') && index !== undefined ? [index, ...placeIn(rest)] : [];
