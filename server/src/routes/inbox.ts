import type { Core } from '@strapi/strapi';
import { permissions } from '../../../contracts';
import { adminRoute } from './admin-route';

/** Routes of the type `admin`; the plugin's prefix is added to the paths. */
export const inboxRoutes: Core.RouteInput[] = [
  adminRoute('GET', '/inboxes', 'inbox.list', permissions.inboxRead),
  adminRoute('POST', '/inboxes', 'inbox.create', permissions.inboxManage),
  adminRoute('PUT', '/inboxes/:token', 'inbox.update', permissions.inboxManage),
  adminRoute('DELETE', '/inboxes/:token', 'inbox.delete', permissions.inboxManage),
  adminRoute('GET', '/inboxes/:token/requests', 'inbox.requests', permissions.inboxRead),
  adminRoute('GET', '/inboxes/:token/requests/:id', 'inbox.request', permissions.inboxRead),
  adminRoute('DELETE', '/inboxes/:token/requests', 'inbox.clear', permissions.inboxManage),
];
