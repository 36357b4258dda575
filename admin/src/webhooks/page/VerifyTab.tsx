import { Flex, Tabs, Typography } from '@strapi/design-system';
import type { WebhookView } from '../../../../contracts';
import { formPath } from '../../navigation/paths';
import { useAddressBar } from '../../navigation/useAddressBar';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { CodeView } from '../../ui/code/CodeView';
import { Fact, Facts } from '../../ui/Facts';
import { InlineLink } from '../../ui/InlineLink';
import { Mono } from '../../ui/Mono';
import { SecretCard } from '../secret/SecretCard';
import {
  receiverCode,
  receiverLanguages,
  secretVariable,
  standardHeaders,
  type ReceiverLanguage,
} from './receiver-code';

const names: Record<ReceiverLanguage, string> = { node: 'Node.js', python: 'Python', php: 'PHP', go: 'Go' };

/** For whoever writes the receiver: how to know that a request comes from here. */
export function VerifyTab({ webhook }: { webhook: WebhookView }) {
  const { t, rich } = useText();
  const { get, set } = useAddressBar();
  const language = receiverLanguages.find((known) => known === get('language')) ?? 'node';
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Card>
        <Typography variant="delta" fontWeight="bold" tag="h2">
          {t('verify.title')}
        </Typography>
        <Typography tag="p" paddingTop={2} paddingBottom={5} textColor="neutral600">
          {rich('verify.explained', {
            variable: <Mono>{secretVariable}</Mono>,
            link: (words) => (
              <InlineLink isInText to={formPath(webhook.id, 'secret')}>
                {words}
              </InlineLink>
            ),
          })}
        </Typography>
        <HeaderFacts webhook={webhook} />
      </Card>
      <SecretCard webhookId={webhook.id} />
      <Card>
        <Tabs.Root
          variant="simple"
          value={language}
          onValueChange={(value) =>
            set({ language: value === 'node' ? undefined : value }, { replace: true })
          }
        >
          <Tabs.List aria-label={t('verify.language')}>
            {receiverLanguages.map((value) => (
              <Tabs.Trigger key={value} value={value}>
                {names[value]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {receiverLanguages.map((value) => (
            <Tabs.Content key={value} value={value}>
              <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={4} paddingBottom={3}>
                {t('verify.complete')}
              </Typography>
              <CodeView
                kind="source"
                maxHeight="60rem"
                value={receiverCode(value, standardHeaders)}
                label={t('verify.receiver_in', { language: names[value] })}
              />
            </Tabs.Content>
          ))}
        </Tabs.Root>
      </Card>
    </Flex>
  );
}

function HeaderFacts({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  return (
    <Facts $names="16rem">
      <Fact name={standardHeaders.id}>
        <Typography>{t('verify.header.id')}</Typography>
      </Fact>
      <Fact name={standardHeaders.timestamp}>
        <Typography>{t('verify.header.timestamp')}</Typography>
      </Fact>
      <Fact name={standardHeaders.signature}>
        <Typography>{t('verify.header.signature')}</Typography>
      </Fact>
      {webhook.headers.map(({ name }) => (
        <Fact key={name} name={name}>
          <Typography>{t('verify.header.own')}</Typography>
        </Fact>
      ))}
    </Facts>
  );
}
