import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import {
  requestMethods,
  type PayloadFormat,
  type RequestTemplate,
  type WebhookConditions,
} from '../../../../contracts';
import { presetFor } from '../../../../contracts/presets';
import { ConditionSentence } from '../../conditions/ConditionSentence';
import { useChoicesOf } from '../../conditions/api';
import { eventClause, type EventClause, type Verb } from '../../events/event-clause';
import { useCatalog } from '../../events/useCatalog';
import { retrySpan } from '../../text/retry-span';
import { useSpanText } from '../../text/useSpanText';
import { useText, type Texts } from '../../text/useText';
import { useManualOnly } from './manual-only';
import { useWebhookForm } from './useWebhookForm';
import { hostOf } from './webhook-form';

// A sentence with more clauses is too long to read.
const clausesAtMost = 3;

const bold = (words: ReactNode) => <b>{words}</b>;

/** The values of the form, as one sentence: people check sentences, not forms. */
export function Sentence() {
  const { isManualOnly } = useManualOnly();
  return <WebhookSentence {...useWebhookForm().values} isManualOnly={isManualOnly} />;
}

interface WebhookSentenceProps {
  events: readonly string[];
  url: string;
  retryScheduleSeconds: readonly number[] | null;
  conditions: WebhookConditions | null;
  format: PayloadFormat;
  template: RequestTemplate | null;
  /** Without events it is sent by *Trigger now* alone; in a form an event may be missing yet. */
  isManualOnly?: boolean;
}

/** What a webhook does. */
export function WebhookSentence({
  events,
  url,
  retryScheduleSeconds,
  conditions,
  format,
  template,
  isManualOnly = true,
}: WebhookSentenceProps) {
  const texts = useText();
  const { t, rich, intl } = texts;
  const { events: catalog } = useCatalog();
  const spanText = useSpanText();
  const host = hostOf(url);

  if (events.length === 0 && !host) {
    return <Typography textColor="neutral600">{t('sentence.empty')}</Typography>;
  }
  const clauses: ReactNode[] = events
    .slice(0, clausesAtMost)
    .map((event) => <span key={event}>{clauseText(eventClause(event, catalog), texts)}</span>);
  const others = events.length - clauses.length;
  if (others > 0) clauses.push(<span key="others">{t('sentence.others', { count: others })}</span>);
  const span = retrySpan(retryScheduleSeconds);
  const retried = span ? t('sentence.retried', { span: spanText(span) }) : t('sentence.not_retried');
  const when =
    clauses.length > 0 ? (
      <>{intl.formatList(clauses, { type: 'disjunction' })}</>
    ) : isManualOnly ? (
      rich('sentence.manual', { b: bold })
    ) : (
      '…'
    );
  const method = format === 'template' && template ? literalMethod(template) : 'POST';
  const chat = format === 'template' && method === 'POST' ? chatOf(url) : null;

  return (
    <Typography tag="p" fontSize="1.6rem" lineHeight={1.6} style={{ overflowWrap: 'anywhere' }}>
      {chat !== null
        ? rich('sentence.message', { when, service: bold(chat), retried })
        : rich('sentence.whole', { when, method: method ?? 'own', host: bold(host ?? '…'), retried })}
      {conditions && events.length > 0 && <OnlyWhen events={events} conditions={conditions} />}
    </Typography>
  );
}

/** Null where Liquid decides about it. */
const literalMethod = ({ method }: RequestTemplate): string | null =>
  requestMethods.find((known) => known === method) ?? null;

/** The service to which a URL posts messages; null if it is none that is known. */
function chatOf(url: string): string | null {
  const preset = presetFor(url)?.preset;
  return preset?.group === 'tell' ? preset.name : null;
}

function OnlyWhen({ events, conditions }: { events: readonly string[]; conditions: WebhookConditions }) {
  const { rich } = useText();
  const { choices } = useChoicesOf(events);
  const words = <ConditionSentence key="conditions" conditions={conditions} choices={choices} isShort />;
  return <> {rich('only_when.in_sentence', { conditions: () => words })}</>;
}

function clauseText(clause: EventClause, { t, rich }: Texts): ReactNode {
  switch (clause.kind) {
    case 'everything':
      return rich('sentence.everything', { b: bold });
    case 'any_verb':
      return rich('sentence.any_verb', {
        verb: t(`sentence.verb.${clause.verb}`),
        aux: auxiliaryOf(clause.verb),
        b: bold,
      });
    case 'any_change':
      return rich('sentence.any_change', {
        subject: clause.subject,
        article: articleOf(clause.subject),
        b: bold,
      });
    case 'verb':
      return rich('sentence.clause', {
        subject: clause.subject,
        article: articleOf(clause.subject),
        aux: auxiliaryOf(clause.verb),
        verb: t(`sentence.verb.${clause.verb}`),
        b: bold,
      });
    case 'named':
      return rich('sentence.named', { name: clause.name, b: bold });
  }
}

// English needs these two; other languages ignore them.
const auxiliaryOf = (verb: Verb): 'has' | 'is' => (verb === 'failed' || verb === 'expired' ? 'has' : 'is');
const articleOf = (subject: string): string => (/^[aeio]/i.test(subject) ? 'an' : 'a');
