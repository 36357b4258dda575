import { conditionChoicesQuery, conditionTrial, recentEventsQuery } from '../../../contracts';
import type { ConditionsService } from '../screens';
import type { EntryReader } from '../content';
import { action } from './action';
import type { Ability } from './asker';
import { abilityOf } from './asker';

export interface ConditionsControllerDeps {
  conditions(): ConditionsService;
  /** What a caller with this ability may read of entries. */
  entryReader(ability: Ability): EntryReader;
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export function createConditionsController(deps: ConditionsControllerDeps) {
  return {
    /** Tokens and administrators are named to those who may see them in Strapi's own settings. */
    choices: action({ query: conditionChoicesQuery }, (ctx, { query }) => {
      const ability = abilityOf(ctx);
      return deps.conditions().choices(listed(query.events), listed(query.contentTypes), {
        tokens: ability.can('admin::api-tokens.read'),
        administrators: ability.can('admin::users.read'),
      });
    }),

    trial: action({ body: conditionTrial }, (ctx, { body }) =>
      deps.conditions().trial(body, deps.entryReader(abilityOf(ctx))),
    ),

    recent: action({ query: recentEventsQuery }, (ctx, { query }) =>
      deps.conditions().recentEvents(listed(query.events), deps.entryReader(abilityOf(ctx))),
    ),
  };
}
