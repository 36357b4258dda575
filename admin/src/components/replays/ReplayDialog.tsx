import { useState } from 'react';
import { Button, Field, Flex, Modal, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { ReplayWhich } from '../../../../contracts';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useCreateReplay, useReplayCount, type ReplayQuestion } from '../../services/replays';
import { ChoiceOfWhich } from './ChoiceOfWhich';
import { CountLine } from './CountLine';
import { MissedSince } from './MissedSince';

/** What is to be sent again. */
export type ReplaySource =
  | { kind: 'selection'; ids: number[] }
  /** `filters`: the filters in use, in words. */
  | { kind: 'filter'; question: ReplayQuestion; filters: readonly string[] }
  | { kind: 'since'; webhook?: number };

interface ReplayDialogProps {
  source: ReplaySource;
  onClose: () => void;
  onStarted: () => void;
}

/** Says how many it will be, and only then sends them again. */
export function ReplayDialog({ source, onClose, onStarted }: ReplayDialogProps) {
  useFocusBack();
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [which, setWhich] = useState<ReplayWhich>('not_arrived');
  const [since, setSince] = useState<ReplayQuestion>({});
  const question = questionOf(source, which, since);
  const count = useReplayCount(question, { refetchOnMountOrArgChange: true });
  const [create, { isLoading }] = useCreateReplay();
  const isNothing = count.currentData?.count === 0;

  const start = async () => {
    const answer = await create(question);
    if ('error' in answer) {
      showRefusal(answer.error);
      return;
    }
    toggleNotification({ type: 'success', message: t('replay.started') });
    onStarted();
  };
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={t('close')}>
          <Modal.Title>{t(source.kind === 'since' ? 'replay.missed_title' : 'replay.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={5}>
            {source.kind === 'filter' && <Filters filters={source.filters} />}
            {source.kind === 'since' && <MissedSince webhook={source.webhook} onChange={setSince} />}
            {hasChoice(source) && <ChoiceOfWhich source={source.kind} value={which} onChange={setWhich} />}
            <CountLine count={count.currentData} error={count.error} />
            <Typography variant="pi" textColor="neutral600">
              {t('replay.explained')}
            </Typography>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            startIcon={<ArrowClockwise aria-hidden />}
            loading={isLoading}
            disabled={!count.currentData || isNothing}
            onClick={start}
          >
            {t('replay.send')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

/** A selection, and a filter by state, say it themselves. */
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
