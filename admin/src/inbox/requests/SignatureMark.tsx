import { Flex, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle, WarningCircle } from '@strapi/icons';
import type { SignatureVerdict } from '../../../../contracts';
import { useText } from '../../text/useText';

const looks = {
  verified: { Icon: CheckCircle, colour: 'success600', words: 'success700' },
  unsigned: { Icon: WarningCircle, colour: 'warning600', words: 'neutral800' },
  invalid: { Icon: CrossCircle, colour: 'danger600', words: 'danger700' },
} as const;

/** "verified", "not signed", "not valid", with an icon of its own. */
export function SignatureMark({ signature }: { signature: SignatureVerdict }) {
  const { t } = useText();
  const { Icon, colour, words } = looks[signature.verdict];
  return (
    <Flex gap={1} tag="span">
      <Icon aria-hidden width="1.2rem" fill={colour} />
      <Typography variant="pi" textColor={words}>
        {t(`inbox.signature.${signature.verdict}`)}
      </Typography>
    </Flex>
  );
}
