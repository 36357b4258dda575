import type { Core } from '@strapi/strapi';
import { hostMiddlewares } from './capture/middleware-host';
import { uids } from './constants';
import { hasHouse, houseOf } from './house';
import { models } from './models';

/** What must stand before the database is there: tables, the outermost capture, the inbox before every body parser. */
export function register({ strapi }: { strapi: Core.Strapi }): void {
  for (const model of models) strapi.get('models').add(model);
  // Here, so that all middlewares of the app and of the plugins after us come between our two.
  hostMiddlewares(strapi.documents, () => (hasHouse(strapi) ? houseOf(strapi).capture.documents : null));
  strapi.server.use((context, next) =>
    hasHouse(strapi) && houseOf(strapi).config.inbox.enabled
      ? houseOf(strapi).inboxMiddleware(context, next)
      : next(),
  );
  watchFolderMoves(strapi);
  const graphql = strapi.plugin('graphql') as Core.Plugin | undefined;
  (graphql?.service('extension') as { shadowCRUD(uid: string): { disable(): void } } | undefined)
    ?.shadowCRUD(uids.webhook)
    .disable();
}

interface FolderService {
  update(id: unknown, change: { parent?: unknown }, by: unknown): Promise<unknown>;
}
interface FolderController {
  moveMany(context: { request: { body?: { folderIds?: unknown } } }, ...rest: unknown[]): Promise<unknown>;
}

/** Folders of the media library are moved past every lifecycle (`upload/dist/server/services/folder.js`). */
function watchFolderMoves(strapi: Core.Strapi): void {
  if (!strapi.plugin('upload')) return;
  const around = <T>(ids: readonly unknown[], move: () => Promise<T>): Promise<T> =>
    hasHouse(strapi) ? houseOf(strapi).capture.rows.folderMoves.around(ids, move) : move();
  strapi.get('services').extend('plugin::upload.folder', (service: FolderService) => ({
    ...service,
    update: (...args: Parameters<FolderService['update']>) =>
      around(args[1].parent === undefined ? [] : [args[0]], () => service.update(...args)),
  }));
  strapi.get('controllers').extend('plugin::upload.admin-folder-file', (controller: FolderController) => ({
    ...controller,
    moveMany(...args: Parameters<FolderController['moveMany']>) {
      const { folderIds } = args[0].request.body ?? {};
      return around(Array.isArray(folderIds) ? folderIds : [], () => controller.moveMany(...args));
    },
  }));
}
