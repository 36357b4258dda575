import { useState, type ReactNode } from 'react';
import { Box, Button, Divider, Flex, Typography } from '@strapi/design-system';
import { Check, PaperPlane } from '@strapi/icons';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { TestDialog, type TestTarget } from '../../send/TestDialog';
import { useText } from '../../text/useText';
import { CalmSwitch } from '../../ui/CalmSwitch';
import { Card } from '../../ui/Card';
import { Sentence } from './Sentence';
import { useWebhookForm } from './useWebhookForm';
import { checkForm, hostOf } from './webhook-form';

interface SideColumnProps {
  webhook: WebhookView | null;
  /** What is between the summary and the switch. */
  children?: ReactNode;
}

/** Always visible: the summary, the switch and both buttons. */
export function SideColumn({ webhook, children = null }: SideColumnProps) {
  const { t } = useText();
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
      <Box padding={5}>
        <ActiveField />
      </Box>
      <Divider />
      <Box padding={5}>
        <Actions webhook={webhook} />
      </Box>
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
  const { values, validate, modified, isSubmitting, disabled } = useWebhookForm();
  const [target, setTarget] = useState<TestTarget | null>(null);

  const openTest = async () => {
    const { errors } = await validate();
    const { input } = checkForm(values, webhook);
    if (errors || !input) return;
    setTarget({
      webhookId: webhook?.id,
      webhook: input,
      host: hostOf(input.url) ?? input.url,
      events: input.events,
    });
  };
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
      {target && <TestDialog target={target} onClose={() => setTarget(null)} />}
    </Flex>
  );
}
