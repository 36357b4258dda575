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
import { HeadersSection, useHeadersSummary } from './HeadersSection';
import { useFormPlace } from './useFormPlace';
import { useWebhookForm } from './useWebhookForm';
import { leadsElsewhere } from './webhook-form';

const deliveryFields = ['timeoutSeconds', 'retryScheduleSeconds', 'rateLimit'];

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
    setOpen(place);
    frame.current?.scrollIntoView({ block: 'nearest' });
    frame.current?.querySelector<HTMLElement>(`[data-section="${place}"] button`)?.focus();
  }, [place, key]);
  const headersSummary = useHeadersSummary();
  const deliverySummary = useDeliverySummary();
  const onlyWhenSummary = useOnlyWhenSummary();

  // An error in a collapsed section would be invisible.
  useEffect(() => {
    if ('conditions' in errors) setOpen('conditions');
    else if ('headers' in errors) setOpen('headers');
    else if (deliveryFields.some((name) => name in errors)) setOpen('delivery');
  }, [errors]);

  // So would a stored header that must not be sent to the current URL.
  const mustEnter =
    leadsElsewhere(values, initialValues) && values.headers.some(({ value }) => value === null);
  useEffect(() => {
    if (mustEnter) setOpen('headers');
  }, [mustEnter]);

  return (
    <Card padding={0}>
      <Accordion.Root ref={frame} size="M" value={open} onValueChange={setOpen}>
        <Section value="conditions" title={t('only_when.title')} summary={onlyWhenSummary} padding={0}>
          <OnlyWhenSection />
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
      <Accordion.Content>
        <Box padding={padding}>{children}</Box>
      </Accordion.Content>
    </Item>
  );
}

const Item = styled(AccordionItem)`
  & + & {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

const Summary = styled(Typography)`
  display: block;
  white-space: normal;
`;
