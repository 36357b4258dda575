import { errors } from '@strapi/utils';
import type { z } from 'zod';
import type { PreviewResult, previewInput, StandardBody } from '../../../contracts';
import { renderedParcel, shownRequest, standardParcel } from '../delivery';
import { standardBody } from '../payload';
import type { BodyFor, Requests } from '../payload';
import { masked, TemplateError } from '../rendering';
import type { RenderEvent } from '../rendering';
import type { Store } from '../store';
import { invalid, problem } from '../validate';
import type { Problem } from '../validate';
import type { TemplateForm } from './template-form';
import { createTestTarget } from './test-target';
import type { TestTarget, TestTargetDeps } from './test-target';

export interface PreviewDeps extends Omit<TestTargetDeps, 'checkUrl'> {
  store: Store;
  sample(eventType: string): StandardBody | null;
  /** Event types that a webhook of these subscriptions is sent. */
  typesOf(events: readonly string[]): string[];
  requests: Pick<Requests, 'render' | 'check' | 'sampleEvent' | 'eventOf' | 'scope'>;
  bodyFor: BodyFor;
  now(): number;
}

/** Samples that a template is tried with when it is saved: a wildcard can mean very many types. */
const samplesAtMost = 20;

/** The event of a preview: a real one, or a sample. */
interface Previewed {
  event: RenderEvent;
  body: string;
  /** The entry as Strapi's own webhook sends it; null of a sample. */
  coreEntry: string | null;
}

const messageId = 'msg_preview';

/** The request that a webhook would send, as its form stands. Nothing is saved, looked up or sent. */
export function createPreviewService(deps: PreviewDeps) {
  // The server of the URL is not asked for a preview.
  const target = createTestTarget({
    ...deps,
    checkUrl: async () => ({ ok: true, rule: null, reason: null }),
  });

  const sampled = (type: string): Previewed => {
    const sample = deps.sample(type);
    if (!sample) throw invalid([problem(['eventType'], `${type} is not an event type of this Strapi`)]);
    const body = standardBody({ ...sample, timestamp: new Date(deps.now()).toISOString() });
    return {
      event: { ...deps.requests.sampleEvent(type, messageId, body), test: false },
      body,
      coreEntry: null,
    };
  };

  const happened = async (id: number): Promise<Previewed> => {
    const event = await deps.store.events.find(deps.store.database.pool(), id);
    if (!event) throw new errors.NotFoundError(`event ${id} does not exist`);
    if (event.body === null) throw new errors.ApplicationError('the body of this event is no longer stored');
    const { body, coreEntry } = event;
    return { event: deps.requests.eventOf(event, false), body, coreEntry };
  };

  const previewed = (to: TestTarget, { event, body, coreEntry }: Previewed): PreviewResult => {
    const own = deps.bodyFor.of(to.events, event.type, body);
    const ownCore = deps.bodyFor.coreEntryOf(to.events, { ...event, coreEntry });
    const webhook = { ...to, id: to.webhookId ?? 0 };
    const context = deps.requests.scope(webhook, event, own);
    const problems = deps.requests.check(webhook, [{ event, body: own }]);
    if (problems.some(({ warning }) => !warning)) return { request: null, bytes: 0, problems, context };
    try {
      const parcel =
        to.format === 'standard'
          ? standardParcel(to, own)
          : // Its secrets are never put in, so nothing of them can be seen.
            renderedParcel(
              { ...to, templateSecrets: [] },
              masked(deps.requests.render(webhook, { event, body: own, coreEntry: ownCore })),
            );
      const request = shownRequest(parcel, { messageId: event.messageId, at: deps.now() });
      return { request, bytes: Buffer.byteLength(request.body), problems, context };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return { request: null, bytes: 0, problems: [error.problem], context };
    }
  };

  return {
    /** @param mayRead whether the caller may read webhooks; otherwise nothing stored is kept */
    async preview(input: z.output<typeof previewInput>, mayRead: boolean): Promise<PreviewResult> {
      const to = await target(input, mayRead);
      const event = input.eventId === null ? sampled(input.eventType) : await happened(input.eventId);
      return previewed(to, event);
    },

    /** Why the template of a form cannot be filled in for one of its events; each problem names its place. */
    problems(webhook: TemplateForm): Problem[] {
      if (webhook.format !== 'template') return [];
      if (webhook.template === null) return [problem(['template'], 'is required')];
      const samples = deps.typesOf(webhook.events).slice(0, samplesAtMost).map(sampled);
      return deps.requests
        .check(unsaved(webhook), samples)
        .filter(({ warning }) => !warning)
        .map(({ path, line, column, message }) => {
          const place = line === null ? '' : `line ${line}, column ${column ?? 1}: `;
          const whole = path.startsWith('headers.') ? path : `template.${path}`;
          return problem(whole.split('.'), `${place}${message}`);
        });
    },
  };
}

/** A form that is checked: only the names of its secrets matter. */
const unsaved = (webhook: TemplateForm) => ({
  ...webhook,
  id: 0,
  headers: webhook.headers.map(({ name, value, secret }) => ({ name, value: value ?? '', secret })),
});

export type PreviewService = ReturnType<typeof createPreviewService>;
