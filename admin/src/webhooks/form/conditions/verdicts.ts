import type { PlacedFinding, Truth, WebhookConditions } from '../../../../../contracts';
import {
  isGroup,
  membersOf,
  modeOf,
  type GroupMode,
  type Member,
  type Place,
} from '../../../conditions/groups';

const keyOf = (place: Place): string => place.join('.');

/** The findings by place. */
export const findingsByPlace = (findings: readonly PlacedFinding[]): Map<string, PlacedFinding> =>
  new Map(findings.map((finding) => [keyOf(finding.place), finding]));

export const findingAt = (
  findings: ReadonlyMap<string, PlacedFinding>,
  place: Place,
): PlacedFinding | undefined => findings.get(keyOf(place));

/** Of a group: one that is false makes `all` false, one that is true makes `any` true, whatever is not known. */
export function truthOfGroup(mode: GroupMode, truths: readonly Truth[]): Truth {
  const decisive = mode === 'any';
  if (truths.includes(decisive)) return decisive;
  return truths.includes('unknown') ? 'unknown' : !decisive;
}

/** Places of the conditions that keep an event from being sent: the first that is not true; of a group all that are not. */
export function whatPrevents(
  conditions: WebhookConditions,
  findings: ReadonlyMap<string, PlacedFinding>,
): Place[] {
  const truthAt = (place: Place): Truth => findingAt(findings, place)?.truth ?? 'unknown';
  for (const [index, member] of membersOf<Member>(conditions).entries()) {
    if (!isGroup(member)) {
      if (truthAt([index]) !== true) return [[index]];
      continue;
    }
    const places = membersOf(member).map((_condition, inner) => [index, inner]);
    if (truthOfGroup(modeOf(member), places.map(truthAt)) === true) continue;
    const unmet = places.filter((place) => truthAt(place) !== true);
    return modeOf(member) === 'any' ? unmet : unmet.slice(0, 1);
  }
  return [];
}
