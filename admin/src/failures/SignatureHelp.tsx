import { Typography } from '@strapi/design-system';
import type { FailureCode } from '../../../contracts';
import { useAllowed } from '../api/useAllowed';
import { webhookPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { InlineLink } from '../ui/InlineLink';
import { refusesSignature } from './failure-texts';

interface SignatureHelpProps {
  code: FailureCode | null;
  /** The body of the answer. */
  answer: string | undefined;
  webhookId: number | null | undefined;
}

const quotedAtMost = 200;

/** Where the receiver refuses the signature: its own words, and the way to the secret that it must know. */
export function SignatureHelp({ code, answer = '', webhookId }: SignatureHelpProps) {
  const { t } = useText();
  const allowed = useAllowed();
  if (code === null || !refusesSignature(code, answer)) return null;
  return (
    <>
      <Typography variant="pi" tag="p">
        {t('failure.answer', { answer: answer.trim().slice(0, quotedAtMost) })}
      </Typography>
      {webhookId != null && allowed.read && (
        <Typography variant="pi" tag="p">
          <InlineLink to={webhookPath(webhookId, 'settings')}>{t('failure.signature.link')}</InlineLink>
        </Typography>
      )}
    </>
  );
}
