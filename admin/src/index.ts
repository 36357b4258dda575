import { Webhooks } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { permissions } from '../../contracts';
import { getTranslation } from './getTranslation';
import { pluginId } from './pluginId';
import { loadTexts } from './translations';

const onPermission = (action: string) => ({ action, subject: null });

export default {
  register(app: StrapiApp) {
    app.addMenuLink({
      to: `plugins/${pluginId}`,
      icon: Webhooks,
      intlLabel: { id: getTranslation('plugin.name'), defaultMessage: 'Webhooks' },
      // Any one of them shows the link: each page has a permission of its own.
      permissions: [
        permissions.read,
        permissions.deliveriesRead,
        permissions.eventsRead,
        permissions.inboxRead,
      ].map(onPermission),
      Component: () => import('./pages/App').then(({ App }) => ({ default: App })),
    });
    app.registerPlugin({ id: pluginId, name: 'Webhooks' });
  },

  registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(locales.map(async (locale) => ({ locale, data: await loadTexts(locale) })));
  },
};
