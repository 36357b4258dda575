import type { ConditionChoices } from '../../../../../contracts';
import { useConditionChoices } from '../../api';
import { useWebhookForm } from '../useWebhookForm';

interface Choices {
  choices: ConditionChoices | undefined;
  isLoading: boolean;
  error: unknown;
  refetch: () => void;
}

/** What can be compared in the events of the form; with other events what was known before, until the answer is there. */
export function useChoices(): Choices {
  const { events } = useWebhookForm().values;
  const { data, isFetching, error, refetch } = useConditionChoices(events.join(','), {
    skip: events.length === 0,
  });
  return { choices: events.length === 0 ? undefined : data, isLoading: isFetching && !data, error, refetch };
}
