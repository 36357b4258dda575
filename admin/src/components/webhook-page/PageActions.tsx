import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { ActiveSwitch } from '../ActiveSwitch';
import { TestDialog, type TestTarget } from '../test-dialog/TestDialog';
import { DeleteDialog } from '../webhook-list/DeleteDialog';
import { useListActions } from '../webhook-list/useListActions';
import { WebhookMenu } from '../webhook-menu/WebhookMenu';

interface PageActionsProps {
  webhook: WebhookView;
  /** The form has a switch and a test of its own, of what stands in it. */
  isForm: boolean;
}

/** On or off, a test event, and what is rarer in a menu. */
export function PageActions({ webhook, isForm }: PageActionsProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const [target, setTarget] = useState<TestTarget | null>(null);
  const { id, host, events, active } = webhook;
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
            {t(active ? 'webhook.state.active' : 'webhook.off')}
          </Typography>
          <ActiveSwitch webhook={webhook} />
        </Flex>
      )}
      <PageMenu webhook={webhook} />
      {!isForm && allowed.test && (
        <Button
          startIcon={<PaperPlane aria-hidden />}
          onClick={() => setTarget({ webhookId: id, host, events })}
        >
          {t('test.send_test_event')}
        </Button>
      )}
      {target && <TestDialog target={target} onClose={() => setTarget(null)} />}
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
