import { Box, Divider, Flex, Typography } from '@strapi/design-system';
import { useText } from '../../../text/useText';
import { useManualOnly } from '../manual-only';
import { useWebhookForm } from '../useWebhookForm';
import { ConditionSentence } from '../../../conditions/ConditionSentence';
import { ConditionTree } from '../../../conditions/ConditionTree';
import { placedConditions } from '../../../conditions/groups';
import { LessNoise } from './LessNoise';
import { TrialPart } from './trial/TrialPart';
import { useTrial } from './trial/useTrial';
import { useChoices } from './useChoices';

/** "Always: no conditions set; unchanged left out", "4 conditions; would have fired for 3 of the last 20". */
export function useOnlyWhenSummary(): string {
  const { t } = useText();
  const { events, skipUnchanged, onePublish } = useWebhookForm().values;
  const { isManualOnly } = useManualOnly();
  const byConditions = useConditionsSummary();
  if (events.length === 0 && isManualOnly) return t('only_when.summary_manual');
  const noise = [
    ...(skipUnchanged ? [t('noise.skipUnchanged.summary')] : []),
    ...(onePublish ? [t('noise.onePublish.summary')] : []),
  ];
  return [byConditions, ...noise].join('; ');
}

function useConditionsSummary(): string {
  const { t } = useText();
  const { conditions } = useWebhookForm().values;
  const { result } = useTrial(null);
  if (!conditions) return t('only_when.summary_none');
  const count = placedConditions(conditions).length;
  const of = result?.tried.length ?? 0;
  if (!result || of === 0) return t('only_when.summary', { count });
  return t('only_when.summary_tried', { count, fired: result.fired, of });
}

/** On which of its events a webhook sends: conditions, the sentence that they make, and what they come to. */
export function OnlyWhenSection() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { conditions, events } = values;
  const { isManualOnly } = useManualOnly();
  const choices = useChoices();
  if (events.length === 0 && isManualOnly)
    return (
      <Box padding={6}>
        <Typography textColor="neutral600">{t('only_when.manual')}</Typography>
      </Box>
    );
  return (
    <>
      <Box padding={6}>
        {events.length === 0 ? (
          <Typography textColor="neutral600">{t('only_when.no_events')}</Typography>
        ) : (
          <ConditionTree
            name="conditions"
            conditions={conditions}
            onChange={(changed) => set('conditions', changed)}
            choices={choices}
            disabled={disabled}
            before={t('only_when.mode.before')}
            explained={t('only_when.explained')}
          />
        )}
      </Box>
      {conditions && (
        <>
          <Divider />
          <Box padding={6}>
            <Typography variant="sigma" textColor="neutral600" tag="h3" display="block" paddingBottom={2}>
              {t('only_when.in_words')}
            </Typography>
            <Typography tag="p" fontSize="1.6rem" lineHeight={1.6} style={{ overflowWrap: 'anywhere' }}>
              {t('only_when.sends_only_when')}{' '}
              <ConditionSentence conditions={conditions} choices={choices.choices} />.
            </Typography>
          </Box>
          <Divider />
          <Flex direction="column" alignItems="stretch" padding={6}>
            <TrialPart />
          </Flex>
        </>
      )}
      <Divider />
      <Box padding={6}>
        <LessNoise />
      </Box>
    </>
  );
}
