import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Accordion, Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { useText } from '../../text/useText';
import { AccordionItem } from '../../ui/AccordionItem';
import { Card } from '../../ui/Card';
import { SecretSection } from '../secret/SecretSection';
import { OnlyWhenSection, useOnlyWhenSummary } from './conditions/OnlyWhenSection';
import { DeliverySection, useDeliverySummary } from './delivery/DeliverySection';
import { SendingSection, useSendingSummary } from './sending/SendingSection';
import { HeadersSection, useHeadersSummary } from './HeadersSection';
import { useFormPlace } from './useFormPlace';
import { useWebhookForm } from './useWebhookForm';
import { leadsElsewhere } from './webhook-form';

const sendingFields = ['format', 'template', 'templateSecrets', 'fields'];
const deliveryFields = ['timeoutSeconds', 'retryScheduleSeconds', 'rateLimit', 'collapse', 'alertAfter'];

/** Rarely needed settings: collapsed, each with a one-line summary. */
export function SettingsSections({ webhook }: { webhook: WebhookView | null }) {
  const { t } = useText();
  const { errors, values, initialValues } = useWebhookForm();
  const [open, setOpen] = useState('');
  const { place, key } = useFormPlace();
  const frame = useRef<HTMLDivElement>(null);

  // Where a remedy led.
  useEffect(() => {
    if (place === null || place === 'url') return;
    setOpen(place === 'fields' ? 'sending' : place);
    // The fields stand deep in their section, and take the focus themselves.
    if (place === 'fields') return;
    frame.current?.scrollIntoView({ block: 'nearest' });
    frame.current?.querySelector<HTMLElement>(`[data-section="${place}"] button`)?.focus();
  }, [place, key]);
  const headersSummary = useHeadersSummary();
  const deliverySummary = useDeliverySummary();
  const onlyWhenSummary = useOnlyWhenSummary();
  const sendingSummary = useSendingSummary();

  // An error in a collapsed section would be invisible.
  useEffect(() => {
    if ('conditions' in errors) setOpen('conditions');
    else if (sendingFields.some((name) => name in errors)) setOpen('sending');
    else if ('headers' in errors) setOpen('headers');
    else if (deliveryFields.some((name) => name in errors)) setOpen('delivery');
  }, [errors]);

  // So would a stored secret value that must not be sent to the current URL.
  const isMoved = leadsElsewhere(values, initialValues);
  const mustEnterSecret = isMoved && values.templateSecrets.some(({ value }) => value === null);
  const mustEnterHeader = isMoved && values.headers.some(({ value }) => value === null);
  useEffect(() => {
    if (mustEnterSecret) setOpen('sending');
    if (mustEnterHeader) setOpen('headers');
  }, [mustEnterSecret, mustEnterHeader]);

  return (
    <Card padding={0}>
      <Accordion.Root ref={frame} size="M" value={open} onValueChange={setOpen}>
        <Section value="conditions" title={t('only_when.title')} summary={onlyWhenSummary} padding={0}>
          <OnlyWhenSection />
        </Section>
        <Section value="sending" title={t('sending.title')} summary={sendingSummary} padding={0}>
          <SendingSection webhook={webhook} />
        </Section>
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
  /** 0 for what has parts with lines between them, from edge to edge. */
  padding?: 0 | 6;
  children: ReactNode;
}

function Section({ value, title, summary, padding = 6, children }: SectionProps) {
  return (
    <Item value={value} data-section={value}>
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
      <Content>
        <Box padding={padding}>{children}</Box>
      </Content>
    </Item>
  );
}

/* Clipped, not hidden: within what is hidden nothing sticks to the page while it scrolls. */
const Item = styled(AccordionItem)`
  overflow: clip;

  & + & {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

const Content = styled(Accordion.Content)`
  overflow: clip;
`;

const Summary = styled(Typography)`
  display: block;
  white-space: normal;
`;
