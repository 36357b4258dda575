import { useRef, type ReactNode } from 'react';
import { Box, Button, Divider, Flex, Typography } from '@strapi/design-system';
import { Check, PaperPlane } from '@strapi/icons';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { CalmSwitch } from '../../ui/CalmSwitch';
import { Card } from '../../ui/Card';
import { useScrolledAway } from '../../ui/useScrolledAway';
import { HeaderActions } from './HeaderActions';
import { Sentence } from './Sentence';
import { useTestOfForm } from './useTestOfForm';
import { useWebhookForm } from './useWebhookForm';

interface SideColumnProps {
  webhook: WebhookView | null;
  /** What is between the summary and the switch. */
  children?: ReactNode;
}

/** The summary, the switch and both buttons; these move into the header while the column is out of sight. */
export function SideColumn({ webhook, children = null }: SideColumnProps) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const isAway = useScrolledAway(frame);
  return (
    <Card padding={0}>
      <Box padding={5}>
        <Typography variant="sigma" textColor="neutral600" tag="h2" paddingBottom={2} display="block">
          {t('sentence.title')}
        </Typography>
        <Sentence />
      </Box>
      <Divider />
      {children !== null && (
        <>
          <Box padding={5}>{children}</Box>
          <Divider />
        </>
      )}
      {/* Each button is there once, for who cannot see where they are too. */}
      <div ref={frame} style={{ visibility: isAway ? 'hidden' : 'visible' }}>
        <Box padding={5}>
          <ActiveField />
        </Box>
        <Divider />
        <Box padding={5}>
          <Actions webhook={webhook} />
        </Box>
      </div>
      {isAway && <HeaderActions webhook={webhook} frame={frame} />}
    </Card>
  );
}

function ActiveField() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  return (
    <Flex justifyContent="space-between" gap={4}>
      <div>
        <Typography fontWeight="bold" tag="label" htmlFor="webhook-active">
          {t('form.active.label')}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t(values.active ? 'form.active.on' : 'form.active.off')}
        </Typography>
      </div>
      <CalmSwitch
        id="webhook-active"
        aria-label={t('form.active.label')}
        checked={values.active}
        disabled={disabled}
        onCheckedChange={(active) => set('active', active)}
      />
    </Flex>
  );
}

function Actions({ webhook }: { webhook: WebhookView | null }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { modified, isSubmitting, disabled } = useWebhookForm();
  const { openTest, dialog } = useTestOfForm(webhook);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {!disabled && (
        <Button
          type="submit"
          size="L"
          fullWidth
          startIcon={<Check aria-hidden />}
          loading={isSubmitting}
          disabled={webhook !== null && !modified}
        >
          {t('form.save')}
        </Button>
      )}
      {allowed.test && (
        <>
          <Button
            size="L"
            fullWidth
            variant="secondary"
            startIcon={<PaperPlane aria-hidden />}
            onClick={openTest}
          >
            {t('test.send_test_event')}
          </Button>
          <Typography variant="pi" textColor="neutral600" tag="p">
            {t('form.test_hint')}
          </Typography>
        </>
      )}
      {dialog}
    </Flex>
  );
}
