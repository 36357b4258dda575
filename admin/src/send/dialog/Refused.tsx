import { Typography } from '@strapi/design-system';
import { useRefusalSentences } from './useRefusalSentences';
import { Verdict } from './Verdict';

/** It was not sent at all: our own server refused it, and why. */
export function Refused({ title, error }: { title: string; error: unknown }) {
  const sentences = useRefusalSentences(error);
  return (
    <Verdict good={false} title={title}>
      {sentences.map((sentence) => (
        <Typography key={sentence} tag="p">
          {sentence}
        </Typography>
      ))}
    </Verdict>
  );
}
