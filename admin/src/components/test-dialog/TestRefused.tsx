import { Typography } from '@strapi/design-system';
import { useProblemText } from '../../hooks/useProblemText';
import { useText } from '../../hooks/useText';
import { apiErrorOf, problemsOf } from '../../values/api-error';
import { Verdict } from './Verdict';

/** The test was not sent at all: our own server refused it, and why. */
export function TestRefused({ error }: { error: unknown }) {
  const { t } = useText();
  const problemText = useProblemText();
  const problems = problemsOf(error);
  const sentences =
    problems.length > 0
      ? problems.map(({ path, message }) => `${path.at(-1) ?? ''}: ${problemText(message)}`)
      : [problemText(apiErrorOf(error).message)];
  return (
    <Verdict good={false} title={t('test.refused')}>
      {sentences.map((sentence) => (
        <Typography key={sentence} tag="p">
          {sentence}
        </Typography>
      ))}
    </Verdict>
  );
}
