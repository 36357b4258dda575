import type { ActorChoice, SingleCondition, WebhookConditions } from './conditions';
import { webhookConditions } from './condition-schema';
import { withoutActor } from './without-actor';

const actor: ActorChoice = { type: 'api_token', id: '7', name: 'Site' };
const left = { actorNot: [actor] };
const one: SingleCondition = { field: 'title', changed: true };
const other: SingleCondition = { field: 'state', becomes: 'paid' };

describe('conditions that leave somebody out', () => {
  it.each<[string, WebhookConditions | null, WebhookConditions | null]>([
    ['none', null, { all: [left] }],
    ['all', { all: [one] }, { all: [one, left] }],
    ['all, with a group', { all: [one, { any: [one, other] }] }, { all: [one, { any: [one, other] }, left] }],
    ['any', { any: [one, other] }, { all: [{ any: [one, other] }, left] }],
    ['any, with a group: too deep', { any: [one, { all: [one, other] }] }, null],
    ['a full group', { all: Array.from({ length: 20 }, () => one) }, null],
  ])('%s', (_what, conditions, expected) => {
    const made = withoutActor(conditions, actor);
    expect(made).toEqual(expected);
    if (made !== null) expect(webhookConditions.safeParse(made).success).toBe(true);
  });
});
