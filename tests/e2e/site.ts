import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startPlayground } from './playground';
import type { Playground } from './playground';

const script = (name: string) =>
  JSON.stringify(pathToFileURL(path.resolve(__dirname, '../../scripts', name)).href);

/** The site that the pictures in the documentation show; see `scripts/pictures/site.mjs`. */
export interface Site {
  /** Ids by name. */
  webhooks: Record<string, number>;
  entry: { uid: string; documentId: string };
  /** Its token. */
  inbox: string;
}

/** A playground that has been in use for a month. What would leave this machine goes to a proxy that is not there. */
export async function startSite(): Promise<{ playground: Playground; site: Site }> {
  const playground = await startPlayground({ PROXY_URL: 'http://127.0.0.1:9', CRON: 'false' });
  return { playground, site: await furnish(playground) };
}

/** The script is a module, which jest does not load: it runs in a process of its own. */
async function furnish({ url, token, database }: Playground): Promise<Site> {
  const code = `const { furnish } = await import(${script('pictures/site.mjs')});
    const { ask } = await import(${script('strapi/admin-client.mjs')});
    const { url, token, database } = ${JSON.stringify({ url, token, database })};
    const site = await furnish({
      admin: (method, path, body) => ask(url, method, path, { token, body }),
      shop: (method, path, body) => ask(url, method, path, { body }),
      database,
    });
    console.log(JSON.stringify(site));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  return JSON.parse(stdout) as Site;
}
