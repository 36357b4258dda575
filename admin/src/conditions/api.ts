import type { ConditionChoices } from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

const conditionsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksConditionChoices: build.query<ConditionChoices, string>({
      query: (events) => ({
        url: route('/conditions/choices'),
        method: 'GET',
        config: { ...inScreenLanguage(), params: { events } },
      }),
    }),
  }),
});

const { useEventWebhooksConditionChoicesQuery: useConditionChoices } = conditionsApi;

export interface Choices {
  choices: ConditionChoices | undefined;
  isLoading: boolean;
  error: unknown;
  refetch: () => void;
}

/** What can be compared in these events; with other events what was known before, until the answer is there. */
export function useChoicesOf(events: readonly string[]): Choices {
  const { data, isFetching, error, refetch } = useConditionChoices(events.join(','), {
    skip: events.length === 0,
  });
  return { choices: events.length === 0 ? undefined : data, isLoading: isFetching && !data, error, refetch };
}
