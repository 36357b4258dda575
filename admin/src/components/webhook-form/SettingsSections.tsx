import { useEffect, useState, type ReactNode } from 'react';
import { Accordion, Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { Card } from '../Card';
import { DeliverySection, useDeliverySummary } from './DeliverySection';
import { HeadersSection, useHeadersSummary } from './HeadersSection';
import { SecretSection } from './SecretSection';
import { useWebhookForm } from './useWebhookForm';

const deliveryFields = ['timeoutSeconds', 'retryScheduleSeconds', 'rateLimit'];

/** What most never need: folded, each with one line that says what is set. */
export function SettingsSections({ webhook }: { webhook: WebhookView | null }) {
  const { t } = useText();
  const { errors } = useWebhookForm();
  const [open, setOpen] = useState('');
  const headersSummary = useHeadersSummary();
  const deliverySummary = useDeliverySummary();

  // A complaint in a folded section would not be seen.
  useEffect(() => {
    if ('headers' in errors) setOpen('headers');
    else if (deliveryFields.some((name) => name in errors)) setOpen('delivery');
  }, [errors]);

  return (
    <Card padding={0}>
      <Accordion.Root size="M" value={open} onValueChange={setOpen}>
        <Section
          value="secret"
          title={t('form.secret.title')}
          summary={t(webhook ? 'form.secret.summary' : 'form.secret.summary_new')}
        >
          <SecretSection webhook={webhook} />
        </Section>
        <Section value="headers" title={t('form.headers.title')} summary={headersSummary}>
          <HeadersSection />
        </Section>
        <Section value="delivery" title={t('form.delivery.title')} summary={deliverySummary}>
          <DeliverySection />
        </Section>
      </Accordion.Root>
    </Card>
  );
}

interface SectionProps {
  value: string;
  title: string;
  summary: string;
  children: ReactNode;
}

function Section({ value, title, summary, children }: SectionProps) {
  return (
    <Item value={value}>
      <Accordion.Header>
        <Accordion.Trigger caretPosition="right">
          <Typography fontWeight="bold" display="block" textColor="inherit">
            {title}
          </Typography>
          <Summary variant="pi" textColor="neutral600">
            {summary}
          </Summary>
        </Accordion.Trigger>
      </Accordion.Header>
      <Accordion.Content>
        <Box padding={6}>{children}</Box>
      </Accordion.Content>
    </Item>
  );
}

const Item = styled(Accordion.Item)`
  &:has(h3 :focus-visible) {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }

  & + & {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

const Summary = styled(Typography)`
  display: block;
  white-space: normal;
`;
