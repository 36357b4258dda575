import { useState } from 'react';
import { IconButton, Menu } from '@strapi/design-system';
import { Duplicate, Lightning, List, More, PaperPlane, Pencil, Question, Trash } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { webhookPath } from '../../navigation/paths';
import { pluginPath } from '../../pluginId';
import { TriggerDialog } from '../../send/TriggerDialog';
import { useText } from '../../text/useText';
import { WhyDialog } from '../../why/WhyDialog';

interface WebhookMenuProps {
  webhook: WebhookView;
  /** In a row of the list: actions with buttons on the webhook's own page are in the menu too. */
  inRow?: boolean;
  onTest?: () => void;
  onDelete: () => void;
}

/** All actions for one webhook. */
export function WebhookMenu({ webhook, inRow = false, onTest, onDelete }: WebhookMenuProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'trigger' | 'why' | null>(null);
  const goTo = (path: string) => () => navigate(path);
  const { trigger, create, delete: mayDelete } = allowed;
  const mayAsk = allowed.read && allowed.deliveriesRead;
  if (!inRow && !trigger && !mayAsk && !create && !mayDelete) return null;

  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          tag={IconButton}
          icon={<More aria-hidden />}
          endIcon={null}
          variant={inRow ? 'ghost' : 'tertiary'}
          size={inRow ? 'S' : 'M'}
          label={t('list.actions', { name: webhook.name })}
        />
        <Menu.Content popoverPlacement="bottom-end" maxHeight="none">
          {inRow && (
            <Menu.Item
              startIcon={<Pencil aria-hidden />}
              onSelect={goTo(webhookPath(webhook.id, 'settings'))}
            >
              {t(allowed.update ? 'list.edit' : 'list.view')}
            </Menu.Item>
          )}
          {onTest && allowed.test && (
            <Menu.Item startIcon={<PaperPlane aria-hidden />} onSelect={onTest}>
              {t('test.send_test_event')}
            </Menu.Item>
          )}
          {trigger && (
            <Menu.Item startIcon={<Lightning aria-hidden />} onSelect={() => setOpen('trigger')}>
              {t('trigger.title')}
            </Menu.Item>
          )}
          {mayAsk && (
            <Menu.Item startIcon={<Question aria-hidden />} onSelect={() => setOpen('why')}>
              {t('why.title')}
            </Menu.Item>
          )}
          {inRow && allowed.deliveriesRead && (
            <Menu.Item
              startIcon={<List aria-hidden />}
              onSelect={goTo(webhookPath(webhook.id, 'deliveries'))}
            >
              {t('list.view_deliveries')}
            </Menu.Item>
          )}
          {create && (
            <Menu.Item
              startIcon={<Duplicate aria-hidden />}
              onSelect={goTo(`${pluginPath}/new?from=${webhook.id}`)}
            >
              {t('list.duplicate')}
            </Menu.Item>
          )}
          {mayDelete && (inRow || trigger || mayAsk || create) && <Menu.Separator />}
          {mayDelete && (
            <Menu.Item variant="danger" startIcon={<Trash aria-hidden />} onSelect={onDelete}>
              {t('list.delete')}
            </Menu.Item>
          )}
        </Menu.Content>
      </Menu.Root>
      {open === 'trigger' && <TriggerDialog webhook={webhook} entry={null} onClose={() => setOpen(null)} />}
      {open === 'why' && <WhyDialog asked={{ webhook }} onClose={() => setOpen(null)} />}
    </>
  );
}
