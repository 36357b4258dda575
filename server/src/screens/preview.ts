import { errors } from '@strapi/utils';
import type { z } from 'zod';
import type { PreviewResult, previewInput, StandardBody, TemplateProblem } from '../../../contracts';
import { renderedParcel, shownRequest, standardParcel } from '../delivery';
import { standardBody, toldBy } from '../payload';
import type { BodyFor, Requests, Telling } from '../payload';
import { masked, TemplateError } from '../rendering';
import type { RenderEvent } from '../rendering';
import type { Store } from '../store';
import { invalid, problem } from '../validate';
import type { Problem } from '../validate';
import type { TemplateDrift, TemplateForm } from './template-form';
import { createTestTarget } from './test-target';
import type { TestTarget, TestTargetDeps } from './test-target';

export interface PreviewDeps extends Omit<TestTargetDeps, 'checkUrl'> {
  store: Store;
  sample(eventType: string): StandardBody | null;
  /** With who shows the entry. */
  withSampleShownBy(body: string): string;
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
  /** The body that a webhook is sent. */
  bodyFor(webhook: Telling): string;
}

const messageId = 'msg_preview';

/** The request that a webhook would send, as its form stands. Nothing is saved, looked up or sent. */
export function createPreviewService(deps: PreviewDeps) {
  // The server of the URL is not asked for a preview.
  const target = createTestTarget({
    ...deps,
    checkUrl: async () => ({ ok: true, rule: null, reason: null }),
  });

  const sampled = (type: string, { shownBy }: { shownBy: boolean }): Previewed => {
    const sample = deps.sample(type);
    if (!sample) throw invalid([problem(['eventType'], `${type} is not an event type of this Strapi`)]);
    const plain = standardBody({ ...sample, timestamp: new Date(deps.now()).toISOString() });
    const body = shownBy ? deps.withSampleShownBy(plain) : plain;
    const event = { ...deps.requests.sampleEvent(type, messageId, body), test: false };
    const { uid } = event;
    const bodyFor = (to: Telling) => deps.bodyFor.of(to, { type, uid, body, selected: 'sample' });
    return { event, body, coreEntry: null, bodyFor };
  };

  const happened = async (id: number): Promise<Previewed> => {
    const event = await deps.store.events.find(deps.store.database.pool(), id);
    if (!event) throw new errors.NotFoundError(`event ${id} does not exist`);
    if (event.body === null) throw new errors.ApplicationError('the body of this event is no longer stored');
    const { body, coreEntry } = event;
    return {
      event: deps.requests.eventOf(event, false),
      ...{ body, coreEntry },
      bodyFor: (to) => deps.bodyFor.ofRow(to, event, body),
    };
  };

  /** As a webhook is told of it. */
  const toldTo = (to: Telling, { event, body, bodyFor }: Previewed) => {
    const own = bodyFor(to);
    return { event: toldBy(event, body, own), body: own };
  };

  const previewed = (to: TestTarget, whole: Previewed): PreviewResult => {
    const { event, body: own } = toldTo(to, whole);
    const ownCore = deps.bodyFor.coreEntryOf(to.events, { ...event, coreEntry: whole.coreEntry });
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

  const samplesOf = (types: readonly string[], webhook: TemplateForm) =>
    types.map((type) => toldTo(webhook, sampled(type, webhook)));

  const problems = (webhook: TemplateForm): Problem[] => {
    if (webhook.format !== 'template') return [];
    if (webhook.template === null) return [problem(['template'], 'is required')];
    const types = deps.typesOf(webhook.events).slice(0, samplesAtMost);
    return deps.requests
      .check(unsaved(webhook), samplesOf(types, webhook))
      .filter(({ warning }) => !warning)
      .map(placed);
  };

  /** Names that the samples of none of its events have. */
  const unknown = (webhook: TemplateForm): TemplateProblem[] => {
    const types = deps.typesOf(webhook.events);
    const namesOf = (from: number) =>
      deps.requests
        .check(unsaved(webhook), samplesOf(types.slice(from, from + samplesAtMost), webhook))
        .filter((one) => one.unknown !== undefined);
    let names = namesOf(0);
    for (let from = samplesAtMost; from < types.length && names.length > 0; from += samplesAtMost) {
      const here = new Set(namesOf(from).map((one) => one.unknown));
      names = names.filter((one) => here.has(one.unknown));
    }
    return names;
  };

  return {
    /** @param mayRead whether the caller may read webhooks; otherwise nothing stored is kept */
    async preview(input: z.output<typeof previewInput>, mayRead: boolean): Promise<PreviewResult> {
      const to = await target(input, mayRead);
      const event = input.eventId === null ? sampled(input.eventType, to) : await happened(input.eventId);
      return previewed(to, event);
    },

    /** Why the template of a form cannot be filled in for one of its events; each problem names its place. */
    problems,

    /** Names in the template of a form that no sample of its events has; null of other formats. */
    unknownNames(webhook: TemplateForm): string[] | null {
      if (webhook.format !== 'template') return null;
      return [...new Set(unknown(webhook).map((one) => one.unknown ?? ''))];
    },

    /** What is wrong with a stored template that was not when it was saved. */
    drift(webhook: TemplateForm & { unknownNames: readonly string[] | null }): TemplateDrift {
      const wrong = problems(webhook);
      if (wrong.length > 0 || webhook.unknownNames === null) return { wrong, gone: [] };
      const before = new Set(webhook.unknownNames);
      const gone = unknown(webhook).map((one) => ({ name: one.unknown ?? '', problem: placed(one) }));
      return { wrong, gone: gone.filter(({ name }) => !before.has(name)) };
    },
  };
}

/** A problem at its place in the form. */
function placed({ path, line, column, message }: TemplateProblem): Problem {
  const place = line === null ? '' : `line ${line}, column ${column ?? 1}: `;
  const whole = path.startsWith('headers.') ? path : `template.${path}`;
  return problem(whole.split('.'), `${place}${message}`);
}

/** A form that is checked: only the names of its secrets matter. */
const unsaved = (webhook: TemplateForm) => ({
  ...webhook,
  id: 0,
  headers: webhook.headers.map(({ name, value, secret }) => ({ name, value: value ?? '', secret })),
});

export type PreviewService = ReturnType<typeof createPreviewService>;
