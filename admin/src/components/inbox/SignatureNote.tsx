import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle, WarningCircle } from '@strapi/icons';
import type { SignatureVerdict } from '../../../../contracts';
import { useSpanText } from '../../hooks/useSpanText';
import { useText } from '../../hooks/useText';
import { webhookPath } from '../../values/paths';
import { spanOf } from '../../wording/retry-span';
import { InlineLink } from '../InlineLink';

const looks = {
  verified: { Icon: CheckCircle, surface: 'success' },
  unsigned: { Icon: WarningCircle, surface: 'warning' },
  invalid: { Icon: CrossCircle, surface: 'danger' },
} as const;

/** The verdict on a signature: from which webhook, unchanged, how old; or why not. */
export function SignatureNote({ signature }: { signature: SignatureVerdict }) {
  const { t } = useText();
  const { Icon, surface } = looks[signature.verdict];
  return (
    <Flex
      role="status"
      gap={3}
      alignItems="flex-start"
      padding={4}
      hasRadius
      background={`${surface}100`}
      borderColor={`${surface}200`}
    >
      <Icon aria-hidden width="2rem" height="2rem" fill={`${surface}600`} style={{ flex: 'none' }} />
      <div>
        <Typography fontWeight="bold" tag="p">
          {t(`inbox.verdict.${signature.verdict}`)}
        </Typography>
        <Typography variant="pi" tag="p">
          <Reason signature={signature} />
        </Typography>
      </div>
    </Flex>
  );
}

function Reason({ signature }: { signature: SignatureVerdict }): ReactNode {
  const { t, rich } = useText();
  const spanText = useSpanText();
  if (signature.verdict === 'unsigned') return t('inbox.verdict.unsigned_why');
  if (signature.verdict === 'invalid') return t(`inbox.verdict.invalid_why.${signature.reason}`);
  return rich('inbox.verdict.verified_why', {
    name: signature.webhookName,
    age: spanText(spanOf(Math.max(1, Math.round(signature.ageSeconds)))),
    link: (words) => (
      <InlineLink isInText to={webhookPath(signature.webhookId)}>
        {words}
      </InlineLink>
    ),
  });
}
