/**
 * PRIVATE FILES: asks the media library's provider whether files are private, and for signed addresses. It knows no
 * event; what it calls is somebody else's code and may ask a network, so it is asked outside of every transaction.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from '../context';
import { createPrivateFiles } from './private-files';
import type { PrivateFiles, UploadProvider } from './private-files';

/** Signing the addresses of files is local arithmetic for most providers; who needs longer holds up the others. */
const signingLimitMs = 5000;
const signingRestMs = 30_000;

export async function openFiles({ strapi, elapsed, log }: Context): Promise<PrivateFiles> {
  const files = createPrivateFiles({
    provider: () => uploadProvider(strapi),
    now: elapsed,
    warn: log.warn,
    limitMs: signingLimitMs,
    restMs: signingRestMs,
  });
  await files.refresh();
  return files;
}

/** The provider of the media library, and the name that its files bear. */
function uploadProvider(strapi: Core.Strapi): { provider: UploadProvider; name: string } | null {
  const upload = strapi.plugin('upload') as { provider?: UploadProvider } | undefined;
  if (!upload?.provider) return null;
  return { provider: upload.provider, name: String(strapi.config.get('plugin::upload.provider', '')) };
}

export type { PrivateFiles } from './private-files';
