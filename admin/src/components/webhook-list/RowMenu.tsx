import { IconButton, Menu } from '@strapi/design-system';
import { Duplicate, List, More, PaperPlane, Pencil, Trash } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';

interface RowMenuProps {
  webhook: WebhookView;
  onTest: () => void;
  onDelete: () => void;
}

/** All that can be done with one webhook. */
export function RowMenu({ webhook, onTest, onDelete }: RowMenuProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const goTo = (path: string) => () => navigate(`${pluginPath}${path}`);

  return (
    <Menu.Root>
      <Menu.Trigger
        tag={IconButton}
        icon={<More aria-hidden />}
        endIcon={null}
        variant="ghost"
        size="S"
        label={t('list.actions', { name: webhook.name })}
      />
      <Menu.Content popoverPlacement="bottom-end" maxHeight="none">
        <Menu.Item startIcon={<Pencil aria-hidden />} onSelect={goTo(`/${webhook.id}`)}>
          {t(allowed.update ? 'list.edit' : 'list.view')}
        </Menu.Item>
        {allowed.test && (
          <Menu.Item startIcon={<PaperPlane aria-hidden />} onSelect={onTest}>
            {t('test.send_test_event')}
          </Menu.Item>
        )}
        {allowed.deliveriesRead && (
          <Menu.Item startIcon={<List aria-hidden />} onSelect={goTo(`/deliveries?webhook=${webhook.id}`)}>
            {t('list.view_deliveries')}
          </Menu.Item>
        )}
        {allowed.create && (
          <Menu.Item startIcon={<Duplicate aria-hidden />} onSelect={goTo(`/new?from=${webhook.id}`)}>
            {t('list.duplicate')}
          </Menu.Item>
        )}
        {allowed.delete && <Menu.Separator />}
        {allowed.delete && (
          <Menu.Item variant="danger" startIcon={<Trash aria-hidden />} onSelect={onDelete}>
            {t('list.delete')}
          </Menu.Item>
        )}
      </Menu.Content>
    </Menu.Root>
  );
}
