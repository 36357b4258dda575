import { Typography } from '@strapi/design-system';
import { useRefusalSentences } from '../../hooks/useRefusalSentences';
import { useText } from '../../hooks/useText';
import { Verdict } from './Verdict';

/** The test was not sent at all: our own server refused it, and why. */
export function TestRefused({ error }: { error: unknown }) {
  const { t } = useText();
  const sentences = useRefusalSentences(error);
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
