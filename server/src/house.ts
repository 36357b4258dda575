import type { Core } from '@strapi/strapi';
import { currentActor, openCapture } from './capture';
import { openBusinessEvents } from './business-events';
import { openCatalog } from './catalog';
import { openContent } from './content';
import { openContext } from './context';
import { openDelivery } from './delivery';
import { openFiles } from './files';
import { openHomes } from './homes';
import { openInbox } from './inbox';
import { openInstances } from './instances';
import { openLoops } from './loops';
import { openMatching } from './matching';
import { openNotices } from './notices';
import { openPayload } from './payload';
import { openQueue } from './queue';
import { reasonOf } from './reason';
import { createRefresh } from './refresh';
import { openReplay } from './replay';
import { openRetention } from './retention';
import { openScreens } from './screens';
import { openSettings } from './settings';
import { openShowing } from './showing';

/**
 * Opens the rooms of one Strapi, each with what was opened before it. Called in `bootstrap()`, when the database is
 * there; nothing starts by it. Throws where the chosen engine's packages are not installed.
 */
export async function openHouse(strapi: Core.Strapi) {
  const closing = new AbortController();
  const context = await openContext(strapi, closing.signal);

  const settings = openSettings(context, { by: () => currentActor(strapi).name });
  const files = await openFiles(context);
  const catalog = openCatalog(context, { signsFiles: files.active });
  const businessEvents = openBusinessEvents(context, { catalog });
  const content = openContent(context, { catalog, files });
  const showing = openShowing(context, { catalog });
  const capture = openCapture(context, { catalog, content, showing });
  const payload = openPayload(context, { catalog, content });
  const inbox = openInbox(context);
  const { isInbox } = inbox;
  const delivery = openDelivery(context, { isInbox });
  const notices = openNotices(context, {
    wanted: capture.interest.wants,
    alsoTold: () => settings.values().notify,
    typeName: (uid) => catalog.current().subject(uid, [])?.name ?? null,
  });
  const { tell, failedDelivery } = notices;
  const { webhooksChanged: changed, announcements } = capture;
  const homes = await openHomes(context, { isInbox, paused: settings.pause, tell, changed });
  const { world } = homes;
  const instances = openInstances(context, { world, wants: catalog.wants });
  const loops = openLoops(context, { tell });
  const matching = openMatching(context, {
    ...{ catalog, businessEvents, content, files, payload, showing, announcements },
    saw: loops.saw,
  });
  const retention = openRetention(context, { values: settings.values });
  const queue = await openQueue(context, {
    world,
    match: matching.run,
    requests: payload.requests.prepare,
    worker: (record) => delivery.worker({ record, tell, failedDelivery }),
    delivered: retention.delivered,
    slowConcurrency: delivery.slowConcurrency,
  });
  const replay = openReplay(context, { world, actor: () => currentActor(strapi) });
  const rooms = { catalog, businessEvents, content, capture, payload, delivery, notices, homes, instances };
  const screens = openScreens(context, { ...rooms, settings });
  const refresh = createRefresh(context, {
    ...{ businessEvents, capture, settings, instances, matching, homes, retention },
  });

  let begun = false;
  return {
    ...{ context, capture, inbox, homes, settings, screens },
    instances: instances.service,
    replays: replay.replays,

    /** Reads what is known in memory. */
    read: refresh.read,

    /** Capture is on from here, in every process that loads Strapi. */
    start(): void {
      capture.start();
      refresh.start();
    },

    /** What runs in a process that listens, or that was started to deliver; never in command-line tools. */
    async begin(delivers: boolean): Promise<void> {
      if (begun) return;
      begun = true;
      await guarded(context.log.error, 'the catalog could not be reloaded', async () => {
        catalog.renew();
        await capture.interest.refresh();
      });
      await guarded(
        context.log.warn,
        'what subscriptions mean and templates name could not be noted',
        screens.webhooks.noteWhatIsThere,
      );
      await guarded(context.log.warn, 'conditions and templates could not be checked', async () => {
        for (const line of await screens.webhooks.drifted())
          context.log.warn(`event-webhooks: what it names is gone: ${line}`);
      });
      instances.serve();
      [inbox, retention, queue].forEach((room) => room.startHourly());
      await guarded(context.log.warn, 'the home installations of webhooks could not be read', homes.look);
      if (!delivers || !(await instances.takeTurn())) return;
      queue.start();
      replay.start();
    },

    /** Comes before the stops: what waits, for its turn or for the database, stops waiting. */
    close: (): void => closing.abort(),

    /** The reverse of the order above, but that the clean-up ends before what it could hold up. */
    stops: [refresh, retention, replay, queue, matching, instances, notices, delivery].flatMap(
      ({ stops }) => stops,
    ),
  };
}

async function guarded(say: (line: string) => void, what: string, run: () => Promise<void>): Promise<void> {
  await run().catch((error: unknown) => say(`event-webhooks: ${what}: ${reasonOf(error)}`));
}

export type House = Awaited<ReturnType<typeof openHouse>>;
