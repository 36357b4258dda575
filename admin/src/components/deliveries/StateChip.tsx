import { Box, Flex, Typography } from '@strapi/design-system';
import type { DeliveryDetail } from '../../../../contracts';
import { useFailureSentences } from '../../hooks/useFailureSentences';
import { useText } from '../../hooks/useText';
import { webhookPath } from '../../values/paths';
import { reasonText } from '../../wording/attention';
import { stateColours, stateReason, stateTextColours } from '../../wording/delivery-words';
import { InlineLink } from '../InlineLink';
import { NextTry } from './NextTry';
import { StateIcon } from './StateIcon';

const surfaces = {
  success600: 'success',
  danger600: 'danger',
  warning600: 'warning',
  primary600: 'primary',
  neutral600: 'neutral',
} as const;

/** The verdict on one delivery, with what it waits for. */
export function StateChip({ delivery }: { delivery: DeliveryDetail }) {
  const { t, intl } = useText();
  const sentencesOf = useFailureSentences();
  const {
    state,
    code,
    httpStatus: status,
    host,
    durationMs,
    nextAttemptAt,
    heldReason,
    heldUntil,
  } = delivery;
  const short = code ? sentencesOf({ code, status, host, durationMs }).short : null;
  const surface = surfaces[stateColours[state]];
  const reason = stateReason(delivery, short, t);

  return (
    <Box paddingTop={2}>
      <Flex
        inline
        gap={2}
        padding={1}
        paddingLeft={2}
        paddingRight={2}
        hasRadius
        background={surface === 'neutral' ? 'neutral100' : `${surface}100`}
        borderColor={surface === 'neutral' ? 'neutral200' : `${surface}200`}
      >
        <StateIcon state={state} size="1.2rem" />
        <Typography variant="pi" textColor={stateTextColours[state]} fontWeight="semiBold">
          {t(heldReason ? 'delivery.state.held' : `delivery.state.${state}`)}
          {reason && `: ${reason}`}
          {state === 'pending' && nextAttemptAt !== null && heldReason === null && (
            <>
              {': '}
              <NextTry at={nextAttemptAt} />
            </>
          )}
        </Typography>
      </Flex>
      <PlaceInLine delivery={delivery} />
      {heldReason && (
        <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
          {t(reasonText(heldReason), { detail: '' })}
          {heldUntil !== null && ` ${t('delivery.held_until', { time: intl.formatTime(heldUntil) })}`}
        </Typography>
      )}
    </Box>
  );
}

/** In an ordered webhook: whom it keeps waiting, or for whom it waits. */
function PlaceInLine({ delivery }: { delivery: DeliveryDetail }) {
  const { t, rich } = useText();
  const { waitsFor, keepsOthersWaiting, webhookId } = delivery;
  if (!keepsOthersWaiting && (waitsFor === null || webhookId === null)) return null;
  return (
    <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
      {keepsOthersWaiting
        ? t('delivery.keeps_others')
        : rich(waitsFor?.state === 'failed' ? 'delivery.waits_for_failed' : 'delivery.waits_for', {
            link: (words) => (
              <InlineLink
                key="link"
                to={`${webhookPath(webhookId ?? '', 'deliveries')}?delivery=${waitsFor?.id}`}
              >
                {words}
              </InlineLink>
            ),
          })}
    </Typography>
  );
}
