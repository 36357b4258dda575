import { useState } from 'react';
import { Button, Field, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import type { ReplayWhich } from '../../../../contracts';
import { useOutcome } from '../../api/useOutcome';
import { useText } from '../../text/useText';
import { DialogFrame } from '../../ui/dialog/DialogFrame';
import { useCreateReplay, useReplayCount, type ReplayQuestion } from '../api';
import { ChoiceOfWhich } from './ChoiceOfWhich';
import { CountLine } from './CountLine';
import { MissedSince } from './MissedSince';

/** The deliveries to resend. */
export type ReplaySource =
  | { kind: 'selection'; ids: number[] }
  /** `filters`: the active filters, in words. */
  | { kind: 'filter'; question: ReplayQuestion; filters: readonly string[] }
  | { kind: 'since'; webhook?: number };

interface ReplayDialogProps {
  source: ReplaySource;
  onClose: () => void;
  onStarted: () => void;
}

/** Shows how many there are, and only then resends them. */
export function ReplayDialog({ source, onClose, onStarted }: ReplayDialogProps) {
  const { t } = useText();
  const tell = useOutcome();
  const [which, setWhich] = useState<ReplayWhich>('not_arrived');
  const [since, setSince] = useState<ReplayQuestion>({});
  const question = questionOf(source, which, since);
  const count = useReplayCount(question, { refetchOnMountOrArgChange: true });
  const [create, { isLoading }] = useCreateReplay();
  const isNothing = count.currentData?.count === 0;

  const start = async () => {
    if (tell(await create(question), t('replay.started'))) onStarted();
  };
  return (
    <DialogFrame
      title={t(source.kind === 'since' ? 'replay.missed_title' : 'replay.title')}
      onClose={onClose}
      actions={
        <Button
          startIcon={<ArrowClockwise aria-hidden />}
          loading={isLoading}
          disabled={!count.currentData || isNothing}
          onClick={start}
        >
          {t('replay.send')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {source.kind === 'filter' && <Filters filters={source.filters} />}
        {source.kind === 'since' && <MissedSince webhook={source.webhook} onChange={setSince} />}
        {hasChoice(source) && <ChoiceOfWhich source={source.kind} value={which} onChange={setWhich} />}
        <CountLine count={count.currentData} error={count.error} />
        <Typography variant="pi" textColor="neutral600">
          {t('replay.explained')}
        </Typography>
      </Flex>
    </DialogFrame>
  );
}

/** A selection, and a filter by state, already define it. */
const hasChoice = (source: ReplaySource): source is Exclude<ReplaySource, { kind: 'selection' }> =>
  source.kind === 'since' || (source.kind === 'filter' && source.question.state === undefined);

function questionOf(source: ReplaySource, which: ReplayWhich, since: ReplayQuestion): ReplayQuestion {
  switch (source.kind) {
    case 'selection':
      return { ids: source.ids, which: 'all' };
    case 'filter':
      return { ...source.question, which: hasChoice(source) ? which : 'all' };
    case 'since':
      return { ...since, which };
  }
}

function Filters({ filters }: { filters: readonly string[] }) {
  const { t } = useText();
  return (
    <Field.Root>
      <Field.Label>{t('replay.filters')}</Field.Label>
      <Typography>{filters.length > 0 ? filters.join(' · ') : t('replay.no_filters')}</Typography>
    </Field.Root>
  );
}
