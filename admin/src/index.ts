import { Webhooks } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { permissions } from '../../contracts';
import { EntryPanel, type Panel } from './entry/panel/entry-panel';
import { getTranslation } from './getTranslation';
import { pluginId } from './pluginId';
import { loadTexts } from './translations';

/** The part of the content manager's `apis` that is used. */
interface ContentManagerApis {
  addEditViewSidePanel(panels: Panel[]): void;
}

const onPermission = (action: string) => ({ action, subject: null });
const label = (id: string, defaultMessage: string) => ({ id: getTranslation(id), defaultMessage });

export default {
  register(app: StrapiApp) {
    app.addMenuLink({
      to: `plugins/${pluginId}`,
      icon: Webhooks,
      intlLabel: label('plugin.name', 'Webhooks'),
      // Any one of them shows the link: each page has a permission of its own.
      permissions: [
        permissions.read,
        permissions.deliveriesRead,
        permissions.eventsRead,
        permissions.inboxRead,
        permissions.settingsRead,
        permissions.create,
      ].map(onPermission),
      Component: () => import('./pages/App').then(({ App }) => ({ default: App })),
    });
    app.addSettingsLink('global', {
      id: `${pluginId}-settings`,
      to: pluginId,
      intlLabel: label('settings.link', 'Event webhooks'),
      permissions: [onPermission(permissions.settingsRead)],
      Component: () =>
        import('./pages/StrapiSettingsPage').then(({ StrapiSettingsPage }) => ({
          default: StrapiSettingsPage,
        })),
    });
    app.widgets.register({
      id: 'overview',
      pluginId,
      icon: Webhooks,
      title: label('home.title', 'Webhooks, last 24 hours'),
      link: { label: label('home.see_all', 'See all'), href: `/plugins/${pluginId}` },
      permissions: [onPermission(permissions.read)],
      component: () => import('./home/HomeWidget').then(({ HomeWidget }) => HomeWidget),
    });
    app.registerPlugin({ id: pluginId, name: 'Webhooks' });
  },

  bootstrap(app: StrapiApp) {
    const { apis } = app.getPlugin('content-manager');
    (apis as unknown as ContentManagerApis).addEditViewSidePanel([EntryPanel]);
  },

  registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(locales.map(async (locale) => ({ locale, data: await loadTexts(locale) })));
  },
};
