import { apiErrorOf, problemsOf } from '../../api/api-error';
import { useProblemText } from '../../api/useProblemText';
import type { TextId } from '../../text/useText';
import { useText } from '../../text/useText';

/** How the fields of a webhook, a test and a trigger are called on the screens. */
const fields: Record<string, TextId> = {
  name: 'form.name.label',
  url: 'form.url.label',
  events: 'form.event.label',
  headers: 'form.headers.title',
  eventType: 'test.event',
  entry: 'entries.label',
};

/** Why our own server refused something, each complaint with the field that it is about. */
export function useRefusalSentences(error: unknown): string[] {
  const { t } = useText();
  const problemText = useProblemText();
  const problems = problemsOf(error);
  if (problems.length === 0) return [problemText(apiErrorOf(error).message)];
  return problems.map(({ path, message }) => {
    const name = path.map((step) => fields[step]).find((id) => id !== undefined);
    return name ? `${t(name)}: ${problemText(message)}` : problemText(message);
  });
}
