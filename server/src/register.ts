import type { Core } from '@strapi/strapi';
import { hostMiddlewares } from './capture';
import { uids } from './constants';
import { hideFromContentManager } from './hidden-type';
import { hasHouse, houseOf } from './houses';
import { models } from './models';

/**
 * The parts that must exist before the database: tables, the outermost capture middleware, the inbox before
 * every body parser.
 */
export function register({ strapi }: { strapi: Core.Strapi }): void {
  for (const model of models) strapi.get('models').add(model);
  // Here, so that all middlewares of the app and of later plugins run between the plugin's two.
  hostMiddlewares(strapi.documents, () => (hasHouse(strapi) ? houseOf(strapi).capture.documents : null));
  strapi.server.use((context, next) =>
    hasHouse(strapi) && houseOf(strapi).context.config.inbox.enabled
      ? houseOf(strapi).inbox.middleware(context, next)
      : next(),
  );
  hideFromContentManager(strapi);
  watchFolderMoves(strapi);
  const graphql = strapi.plugin('graphql') as Core.Plugin | undefined;
  const extension = graphql?.service('extension') as
    { shadowCRUD(uid: string): { disable(): void } } | undefined;
  for (const uid of [uids.webhook, uids.businessEvent]) extension?.shadowCRUD(uid).disable();
}

interface FolderService {
  update(id: unknown, change: { parent?: unknown }, by: unknown): Promise<unknown>;
}
interface FolderController {
  moveMany(context: { request: { body?: { folderIds?: unknown } } }, ...rest: unknown[]): Promise<unknown>;
}

/** Folders of the media library are moved without any lifecycle (`upload/dist/server/services/folder.js`). */
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
