import { useState, type FormEvent } from 'react';
import {
  Button,
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Stop } from '@strapi/icons';
import { pauseInput, type PauseView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useOutcome } from '../../api/useOutcome';
import { useProblemText } from '../../api/useProblemText';
import { spanOf } from '../../text/retry-span';
import { useSpanText } from '../../text/useSpanText';
import { useText } from '../../text/useText';
import { Fact, Facts } from '../../ui/Facts';
import { usePauseEverything } from '../api';
import { ResumeButton } from '../ResumeButton';
import { SettingsCard } from './SettingsCard';

/** One switch for all webhooks; waiting deliveries are not lost. */
export function PauseCard({ pause }: { pause: PauseView | null }) {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <SettingsCard title={t('pause.title')} explained={t('pause.explained')}>
      {pause && <PauseFacts pause={pause} />}
      {!pause && allowed.settingsUpdate && <PauseFields />}
      {!pause && !allowed.settingsUpdate && <Typography tag="p">{t('pause.is_not')}</Typography>}
    </SettingsCard>
  );
}

function PauseFacts({ pause }: { pause: PauseView }) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const moment = (at: number) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <Facts $names="8rem">
        <Fact name={t('pause.reason')}>
          <Typography fontWeight="bold">{pause.reason}</Typography>
        </Fact>
        {pause.by && (
          <Fact name={t('pause.fact.by')}>
            <Typography>{pause.by}</Typography>
          </Fact>
        )}
        <Fact name={t('pause.fact.since')}>
          <Typography>{moment(pause.at)}</Typography>
        </Fact>
        <Fact name={t('pause.fact.until')}>
          <Typography>{pause.until === null ? t('pause.endless') : moment(pause.until)}</Typography>
        </Fact>
      </Facts>
      {allowed.settingsUpdate && (
        <Flex>
          <ResumeButton />
        </Flex>
      )}
    </>
  );
}

/** Minutes; the last choice has no end. */
const durations = [15, 60, 4 * 60, 24 * 60, 7 * 24 * 60] as const;
const endless = 'endless';

function PauseFields() {
  const { t } = useText();
  const spanText = useSpanText();
  const problemText = useProblemText();
  const tell = useOutcome();
  const [pauseEverything, { isLoading }] = usePauseEverything();
  const [reason, setReason] = useState('');
  const [duration, setDuration] = useState('60');
  const [problem, setProblem] = useState<string | null>(null);

  const pause = async () => {
    const minutes = duration === endless ? null : Number(duration);
    const parsed = pauseInput.safeParse({ reason, minutes });
    if (!parsed.success) {
      setProblem(problemText(parsed.error.issues[0]?.message ?? ''));
      return;
    }
    tell(await pauseEverything(parsed.data), t('pause.done'));
  };
  return (
    <Flex
      tag="form"
      direction="column"
      alignItems="stretch"
      gap={4}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void pause();
      }}
    >
      <Grid.Root gap={4}>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
          <Field.Root name="pauseReason" required error={problem ?? undefined} hint={t('pause.reason_hint')}>
            <Field.Label>{t('pause.reason')}</Field.Label>
            <TextInput
              value={reason}
              autoComplete="off"
              onChange={(event) => {
                setReason(event.target.value);
                setProblem(null);
              }}
            />
            <Field.Error />
            <Field.Hint />
          </Field.Root>
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
          <Field.Root name="pauseDuration">
            <Field.Label>{t('pause.duration')}</Field.Label>
            <SingleSelect value={duration} onChange={(chosen) => setDuration(String(chosen))}>
              {durations.map((minutes) => (
                <SingleSelectOption key={minutes} value={String(minutes)}>
                  {spanText(spanOf(minutes * 60))}
                </SingleSelectOption>
              ))}
              <SingleSelectOption value={endless}>{t('pause.endless')}</SingleSelectOption>
            </SingleSelect>
          </Field.Root>
        </Grid.Item>
      </Grid.Root>
      <Flex>
        <Button type="submit" variant="danger-light" startIcon={<Stop aria-hidden />} loading={isLoading}>
          {t('pause.button')}
        </Button>
      </Flex>
    </Flex>
  );
}
