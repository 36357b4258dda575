import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Lightning, PaperPlane } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { pluginPath } from '../../pluginId';
import { TriggerDialog } from '../../send/TriggerDialog';
import { TestDialog, type TestTarget } from '../../send/TestDialog';
import { useText } from '../../text/useText';
import { ActiveSwitch } from '../actions/ActiveSwitch';
import { DeleteDialog } from '../actions/DeleteDialog';
import { useListActions } from '../actions/useListActions';
import { WebhookMenu } from '../actions/WebhookMenu';
import { stateName } from '../trouble';

interface PageActionsProps {
  webhook: WebhookView;
  /** The form has a switch and a test of its own, for its current values. */
  isForm: boolean;
}

/** The switch, a test event, and rarer actions in a menu. */
export function PageActions({ webhook, isForm }: PageActionsProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const [target, setTarget] = useState<TestTarget | null>(null);
  const [isTriggering, setTriggering] = useState(false);
  const { id, host, events, active } = webhook;
  const isManualOnly = events.length === 0;
  return (
    <Flex gap={2} wrap="wrap">
      {!isForm && (
        <Flex gap={2} paddingRight={2}>
          <Typography
            variant="pi"
            fontWeight="bold"
            textColor={active ? 'success600' : 'neutral600'}
            aria-hidden
          >
            {t(active ? stateName('active') : 'webhook.off')}
          </Typography>
          <ActiveSwitch webhook={webhook} />
        </Flex>
      )}
      <PageMenu webhook={webhook} />
      {!isForm && allowed.test && (
        <Button
          variant={isManualOnly ? 'tertiary' : 'default'}
          startIcon={<PaperPlane aria-hidden />}
          onClick={() => setTarget({ webhookId: id, host, events })}
        >
          {t('test.send_test_event')}
        </Button>
      )}
      {/* All that it is there for. */}
      {isManualOnly && allowed.trigger && (
        <Button startIcon={<Lightning aria-hidden />} onClick={() => setTriggering(true)}>
          {t('trigger.title')}
        </Button>
      )}
      {target && <TestDialog target={target} onClose={() => setTarget(null)} />}
      {isTriggering && <TriggerDialog webhook={webhook} entry={null} onClose={() => setTriggering(false)} />}
    </Flex>
  );
}

function PageMenu({ webhook }: { webhook: WebhookView }) {
  const navigate = useNavigate();
  const { change } = useListActions();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <WebhookMenu webhook={webhook} onDelete={() => setAsking(true)} />
      <DeleteDialog
        names={isAsking ? [webhook.name] : []}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          if (await change([webhook], 'delete')) navigate(pluginPath, { replace: true });
        }}
      />
    </>
  );
}
