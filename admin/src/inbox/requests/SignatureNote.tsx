import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle, WarningCircle } from '@strapi/icons';
import type { SignatureVerdict } from '../../../../contracts';
import { webhookPath } from '../../navigation/paths';
import { spanOf } from '../../text/retry-span';
import { useSpanText } from '../../text/useSpanText';
import { useText } from '../../text/useText';
import { InlineLink } from '../../ui/InlineLink';
import { TintedBox } from '../../ui/TintedBox';

const looks = {
  verified: { Icon: CheckCircle, surface: 'success' },
  unsigned: { Icon: WarningCircle, surface: 'warning' },
  invalid: { Icon: CrossCircle, surface: 'danger' },
} as const;

/** The result of the signature check: from which webhook, unchanged, how old; or why not. */
export function SignatureNote({ signature }: { signature: SignatureVerdict }) {
  const { t } = useText();
  const { Icon, surface } = looks[signature.verdict];
  return (
    <TintedBox role="status" tone={surface} gap={3} alignItems="flex-start" padding={4}>
      <Icon aria-hidden width="2rem" height="2rem" fill={`${surface}600`} style={{ flex: 'none' }} />
      <div>
        <Typography fontWeight="bold" tag="p">
          {t(`inbox.verdict.${signature.verdict}`)}
        </Typography>
        <Typography variant="pi" tag="p">
          <Reason signature={signature} />
        </Typography>
      </div>
    </TintedBox>
  );
}

function Reason({ signature }: { signature: SignatureVerdict }): ReactNode {
  const { t, rich } = useText();
  const spanText = useSpanText();
  if (signature.verdict === 'unsigned') return t('inbox.verdict.unsigned_why');
  if (signature.verdict === 'invalid') return t(`inbox.verdict.invalid_why.${signature.reason}`);
  const { ageSeconds } = signature;
  const age = ageSeconds < 1 ? t('inbox.age_moment') : spanText(spanOf(Math.round(ageSeconds)));
  const { webhookId, webhookName } = signature;
  if (webhookId === null) return t('inbox.verdict.verified_here', { age });
  return rich('inbox.verdict.verified_why', {
    ...{ name: webhookName, age },
    link: (words) => (
      <InlineLink isInText to={webhookPath(webhookId)}>
        {words}
      </InlineLink>
    ),
  });
}
