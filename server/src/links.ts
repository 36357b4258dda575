import type { Core } from '@strapi/strapi';

/** What a payload may link to: made from `server.url` and the admin path, no slash at the end. */
export interface Links {
  /** Public address of this Strapi, e.g. `https://cms.example.com`. */
  serverUrl: string;
  /** Address of the admin panel, e.g. `https://cms.example.com/admin`. */
  adminUrl: string;
}

export function linksOf(strapi: Core.Strapi): Links {
  const serverUrl = strapi.config.get<string>('server.absoluteUrl', '').replace(/\/$/, '');
  const adminUrl = strapi.config.get<string>('admin.absoluteUrl', `${serverUrl}/admin`).replace(/\/$/, '');
  return { serverUrl, adminUrl };
}

/** What addresses of files begin with; only where the app has said its public address, and not what Strapi makes of its port. */
export function fileBaseOf(strapi: Core.Strapi): string {
  const url: unknown = strapi.config.get('server.url');
  return typeof url === 'string' && /^https?:\/\//i.test(url) ? url.replace(/\/+$/, '') : '';
}
