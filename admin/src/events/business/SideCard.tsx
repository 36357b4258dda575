import { useRef } from 'react';
import { Box, Button, Divider, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { BusinessEventView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { webhookPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { InHeader } from '../../ui/HeaderSlot';
import { InlineLink } from '../../ui/InlineLink';
import { useScrolledAway } from '../../ui/useScrolledAway';
import { WarningLine } from '../../ui/WarningLine';
import { useBusinessEventForm } from './useBusinessEventForm';
import type { EventPreview } from './useEventPreview';

interface SideCardProps {
  event: BusinessEventView | null;
  preview: EventPreview;
}

/** When it occurs in one sentence, who receives it, and the button, which moves into the header while it is out of sight. */
export function SideCard({ event, preview }: SideCardProps) {
  const { t } = useText();
  const { disabled } = useBusinessEventForm();
  const frame = useRef<HTMLDivElement>(null);
  const isAway = useScrolledAway(frame);
  const { result } = preview;
  return (
    <Card padding={0}>
      <Box padding={5}>
        <Typography variant="sigma" textColor="neutral600" tag="h2" paddingBottom={2} display="block">
          {t('sentence.title')}
        </Typography>
        <Typography tag="p" fontSize="1.6rem" lineHeight={1.6} style={{ overflowWrap: 'anywhere' }}>
          {result?.condition
            ? t('business.sentence', { condition: result.condition })
            : t('business.no_sentence')}
        </Typography>
        {result?.replaces && (
          <Box paddingTop={3}>
            <WarningLine>{t('business.replaces', { name: result.replaces })}</WarningLine>
          </Box>
        )}
      </Box>
      {event && (
        <>
          <Divider />
          <Box padding={5}>
            <Subscribers event={event} />
          </Box>
        </>
      )}
      {!disabled && (
        <>
          <Divider />
          <div ref={frame} style={{ visibility: isAway ? 'hidden' : 'visible' }}>
            <Box padding={5}>
              <SaveButton isNew={event === null} isWide />
              <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
                {t('business.save_hint')}
              </Typography>
            </Box>
          </div>
        </>
      )}
      {isAway && !disabled && (
        <InHeader>
          <SaveButton
            isNew={event === null}
            onPress={() => frame.current?.closest('form')?.requestSubmit()}
          />
        </InHeader>
      )}
    </Card>
  );
}

interface SaveButtonProps {
  isNew: boolean;
  isWide?: boolean;
  /** Outside the form, where the button does not submit it. */
  onPress?: () => void;
}

function SaveButton({ isNew, isWide = false, onPress }: SaveButtonProps) {
  const { t } = useText();
  const { isSubmitting, modified } = useBusinessEventForm();
  return (
    <Button
      {...(onPress ? { onClick: onPress } : { type: 'submit' as const })}
      {...(isWide && { size: 'L' as const, fullWidth: true })}
      startIcon={<Check aria-hidden />}
      loading={isSubmitting}
      disabled={!isNew && !modified}
    >
      {t('form.save')}
    </Button>
  );
}

function Subscribers({ event }: { event: BusinessEventView }) {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <>
      <Typography variant="sigma" textColor="neutral600" tag="h2" paddingBottom={2} display="block">
        {t('business.subscribers')}
      </Typography>
      {event.subscribers.length === 0 && <Typography tag="p">{t('business.no_subscribers')}</Typography>}
      <Flex tag="ul" direction="column" alignItems="flex-start" gap={1}>
        {event.subscribers.map(({ id, name }) => (
          <Typography key={id} tag="li">
            {allowed.read ? <InlineLink to={webhookPath(id)}>{name}</InlineLink> : name}
          </Typography>
        ))}
      </Flex>
    </>
  );
}
