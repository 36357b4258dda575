import type { ActorChoice, ChangeCondition } from '../../../contracts';
import { opposite } from './finding';
import type { SingleFinding } from './finding';
import { beginsWithNothing, endsWithNothing } from './reading';
import type { ChangeCircumstances, ChangeFacts } from './types';

/** Evaluates a comparison of what is known of the change itself. */
export function judgeChange(condition: ChangeCondition, facts: ChangeFacts): SingleFinding {
  if ('changedOtherThan' in condition) return judgeOthers(condition.changedOtherThan, facts);
  const { change } = facts;
  if (change === undefined) return unknown('nothing is known of the change but its values');
  if ('locale' in condition) return judgeLocale(condition.locale, change);
  if ('localeNot' in condition) return opposite(judgeLocale(condition.localeNot, change));
  if ('status' in condition) {
    const { status } = change;
    const because = `it is the ${status === 'draft' ? 'draft' : 'published version'}`;
    return { truth: status === condition.status, because, found: { status } };
  }
  if ('actor' in condition) return judgeActor(condition.actor, change);
  return opposite(judgeActor(condition.actorNot, change));
}

const unknown = (because: string): SingleFinding => ({
  truth: 'unknown',
  because,
  found: { missing: 'unknown' },
});

/** Whether another field changed: in a new entry everything is new, and what is gone did not change. */
function judgeOthers(names: readonly string[], facts: ChangeFacts): SingleFinding {
  const changedFields = facts.change?.changedFields ?? null;
  if (facts.action === 'created' || beginsWithNothing(facts))
    return { truth: true, because: 'the entry is new', found: { changedFields } };
  if (facts.action === 'deleted' || endsWithNothing(facts))
    return { truth: false, because: `the entry was ${facts.action}`, found: { changedFields } };
  if (changedFields === null) return unknown('the changed fields are not known');
  const others = changedFields.filter((name) => !names.includes(name));
  const because = others.length === 0 ? `only ${changedFields.join(', ') || 'nothing'}` : others.join(', ');
  return { truth: others.length > 0, because: `${because} changed`, found: { changedFields } };
}

function judgeLocale(codes: readonly string[], { locale }: ChangeCircumstances): SingleFinding {
  const because = locale === null ? 'the entry has no locale' : `the locale is ${locale}`;
  return { truth: locale !== null && codes.includes(locale), because, found: { locale } };
}

function judgeActor(choices: readonly ActorChoice[], { actor }: ChangeCircumstances): SingleFinding {
  const { type, id } = actor;
  const truth = choices.some((choice) => choice.type === type && (choice.id === null || choice.id === id));
  const because = `the change was made by ${id === null ? type : `${type} ${id}`}`;
  return { truth, because, found: { actor: { type, id } } };
}
