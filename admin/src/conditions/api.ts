import type { ConditionChoices } from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

const conditionsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksConditionChoices: build.query<ConditionChoices, { events: string; contentTypes?: string }>({
      query: (params) => ({
        url: route('/conditions/choices'),
        method: 'GET',
        config: { ...inScreenLanguage(), params },
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
  const skip = events.length === 0;
  const { data, isFetching, error, refetch } = useConditionChoices({ events: events.join(',') }, { skip });
  return { choices: skip ? undefined : data, isLoading: isFetching && !data, error, refetch };
}

/** What can be compared in the entries of a content type; nothing while none is chosen. */
export function useChoicesOfType(uid: string): Choices {
  const skip = uid === '';
  const { currentData, isFetching, error, refetch } = useConditionChoices(
    { events: '', contentTypes: uid },
    { skip },
  );
  return { choices: skip ? undefined : currentData, isLoading: isFetching && !currentData, error, refetch };
}
