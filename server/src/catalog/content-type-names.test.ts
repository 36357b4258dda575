import type { ContentModel } from './content-model';
import { contentTypeNames, segment } from './content-type-names';

const type = (uid: string, singularName = uid.replace(/^.*\./, '')): ContentModel => ({
  uid,
  modelName: singularName,
  info: { displayName: singularName, singularName },
  attributes: {},
});
const plugins = [
  'admin::user',
  'admin::api-token',
  'plugin::users-permissions.user',
  'plugin::users-permissions.role',
  'plugin::upload.file',
  'plugin::upload.folder',
  'plugin::i18n.locale',
  'plugin::content-releases.release',
  'plugin::review-workflows.workflow',
  'plugin::event-webhooks.webhook',
].map((uid) => type(uid));
const names = (...args: Parameters<typeof contentTypeNames>) => Object.fromEntries(contentTypeNames(...args));

describe('which content types give events, and under which name', () => {
  it('every type of the app, users and media; nothing of other plugins, nothing of our own', () => {
    expect(names([...plugins, type('api::blog-post.blog-post'), type('api::homepage.homepage')])).toEqual({
      'plugin::users-permissions.user': 'user',
      'plugin::upload.file': 'media',
      'plugin::upload.folder': 'media_folder',
      'api::blog-post.blog-post': 'blog_post',
      'api::homepage.homepage': 'homepage',
    });
  });

  it('what the configuration adds and takes away', () => {
    const choice = {
      include: ['admin::user', 'plugin::users-permissions.role'],
      exclude: ['plugin::upload.file'],
    };
    expect(names(plugins, choice)).toEqual({
      'admin::user': 'admin_user',
      'plugin::users-permissions.user': 'user',
      'plugin::users-permissions.role': 'role',
      'plugin::upload.folder': 'media_folder',
    });
  });

  it('where two share a name, the plugin’s gets its plugin in front', () => {
    const shop = type('plugin::my-shop.order');
    expect(
      names([...plugins, shop, type('api::order.order'), type('api::user.user'), type('api::media.media')], {
        include: [shop.uid],
      }),
    ).toEqual({
      'plugin::users-permissions.user': 'users_permissions_user',
      'plugin::upload.file': 'upload_media',
      'plugin::upload.folder': 'media_folder',
      'plugin::my-shop.order': 'my_shop_order',
      'api::order.order': 'order',
      'api::user.user': 'user',
      'api::media.media': 'media',
    });
  });

  it('names the option that names an unknown or an inner type', () => {
    expect(() =>
      contentTypeNames(plugins, { include: ['api::a.a', 'plugin::i18n.locale'], exclude: ['x'] }),
    ).toThrow(
      'event-webhooks: config.contentTypes.include[0]: "api::a.a" is not a content type of this Strapi; ' +
        'config.contentTypes.include[1]: "plugin::i18n.locale" is part of Strapi itself and gives no content events; ' +
        'config.contentTypes.exclude[0]: "x" is not a content type of this Strapi',
    );
    expect(() =>
      contentTypeNames(plugins, { include: ['plugin::event-webhooks.webhook', 'admin::api-token'] }),
    ).toThrow(/include\[0\].*include\[1\]/);
  });

  it('makes a segment of any name', () => {
    expect(['Blog-Post', 'faqItem', '--', 'über ding'].map(segment)).toEqual([
      'blog_post',
      'faq_item',
      'unnamed',
      'ber_ding',
    ]);
  });
});
