import { z } from 'zod';
import { CatalogError, problemsOf } from '../catalog-error';
import { declareCodeEvent } from '../code-event';
import type { ContentModel, ContentModels } from '../content-model';
import type { Declaration } from '../declaration';
import type { JsonSchema } from '../entry-schema';
import { defaultPopulate, isEntry, mergePopulate, populateOf, shapeOf } from '../entry-shape';
import type { PopulateTree } from '../entry-shape';
import { readPath, resolvePath } from '../field-path';
import { defineMappedEvent } from '../mapped-definition';
import { PayloadError, givenValue } from '../payload';
import { sampleEntry } from '../sample';
import type { Entry, Links, RefusedDeclaration } from '../types';
import { networkCodeEvents, networkEvents } from './network-events';
import type { NetworkCodeEvent, NetworkEvent } from './network-events';
import { attempted } from '../attempted';
import { at, mappingOf } from './network-mapping';
import type { Needing } from './network-mapping';
import { partOf, partShape, readerOf, roleOfPart } from './network-parts';
import type { PartName } from './network-parts';
import { roleNames, rolesOption } from './network-roles';
import type { Role, RoleName, Roles } from './network-roles';
import { join, withStory } from './network-samples';
import type { Routes, SampleValues } from './network-samples';

/** Creates the URL at which a customer confirms an e-mail address: a live secret, so off unless given. */
export type VerificationLink = (customer: Entry, links: Links) => string | null;

/** `config.presets.network`: `true`, or this. */
export interface NetworkOptions {
  types?: Partial<
    Record<
      RoleName,
      false | { uid?: string; fields?: Record<string, string | null>; values?: Record<string, string> }
    >
  >;
  verificationLink?: VerificationLink;
}

const optionsSchema = z.strictObject({
  types: rolesOption,
  verificationLink: z
    .custom<VerificationLink>((value) => typeof value === 'function', 'must be a function')
    .optional(),
});

export interface NetworkContext {
  models: ContentModels;
  /** For links in the samples. */
  links: Links;
  signsFiles: () => boolean;
}

/**
 * The events of a network of customer sites, for the content types with its roles; and which of them are left out, because
 * of what this app has not or its mapping names wrongly.
 *
 * @param given `true` or NetworkOptions.
 * @throws CatalogError naming an option that is none, or a verification link that is a promise.
 */
export function networkPreset(given: unknown, context: NetworkContext): (Declaration | RefusedDeclaration)[] {
  const options = optionsSchema.safeParse(given === true ? {} : given);
  if (!options.success) throw new CatalogError(problemsOf(options.error, at));
  const mapping = mappingOf(options.data.types, context.models);
  const { verificationLink } = options.data;
  const preset: Preset = { ...context, roles: mapping.roles, verificationLink };
  const offered = <E extends Needing>(
    events: readonly E[],
    make: (event: E, preset: Preset) => Declaration[],
  ) =>
    events.flatMap((event): (Declaration | RefusedDeclaration)[] => {
      const missing = mapping.missing(event);
      if (missing === null) return [];
      if (missing !== undefined)
        return [{ origin: at, type: event.type, problems: missing, isMissing: true }];
      const found = attempted(at, () => make(event, preset));
      return 'made' in found ? found.made : [{ origin: at, type: event.type, ...found }];
    });
  // What it gives is checked first: a promise is no fault of one event.
  if (verificationLink !== undefined) checkLink(verificationLink, sampleCustomer(preset), context.links);
  return [
    ...mapping.refused([...networkEvents, ...networkCodeEvents]),
    ...offered(networkEvents, mappedEvent),
    ...offered(networkCodeEvents, codeEvent),
  ];
}

interface Preset extends NetworkContext {
  roles: Roles;
  verificationLink: VerificationLink | undefined;
}

function mappedEvent(event: NetworkEvent, preset: Preset): Declaration[] {
  const { roles, models, links, signsFiles } = preset;
  const role = roles[event.role];
  const model = role === null ? undefined : models.get(role.uid);
  const rule = event.rule(roles);
  if (role === null || model === undefined || rule === null) return [];
  const routes = routesFrom(event.role, roles);
  const populate = populateFor(model, event.parts, routes, preset);
  const build = (link: VerificationLink | undefined) => (entry: Entry, to: Links) => ({
    ...leadOf(event, entry, role, to, link),
    ...joined(event.parts, entry, routes, roles, to),
  });
  const verifies = event.type === 'customer.email_verification_needed';
  const sampleOf = sampleRecord(model, populate, routes, preset, event.sample);
  return [
    defineMappedEvent(
      {
        type: event.type,
        displayName: event.displayName,
        description: event.description,
        model,
        rule,
        populate,
        build: build(preset.verificationLink),
        buildSample: build(() => 'https://kovalenko.example.com/verify?key=5f2c9a7d1e'),
        deferred: verifies && preset.verificationLink !== undefined,
        schema: jsonSchema({ ...leadShape(event), ...shapeOfParts(event.parts) }),
        sampleEntry: sampleOf,
      },
      { at, source: 'preset', links, models, signsFiles },
    ),
  ];
}

function codeEvent(event: NetworkCodeEvent, preset: Preset): Declaration[] {
  const { roles, models, links } = preset;
  const role = event.role === null ? null : roles[event.role];
  const model = role === null ? undefined : models.get(role.uid);
  if (event.role !== null && model === undefined) return [];
  const routes = event.role === null ? {} : routesFrom(event.role, roles);
  const build = (entry: Entry | null, extra: Readonly<Record<string, unknown>>, to: Links) => ({
    ...joined(event.parts, entry, routes, roles, to),
    ...extra,
  });
  const populate = model === undefined ? {} : populateFor(model, event.parts, routes, preset);
  const entry = model === undefined ? null : sampleRecord(model, populate, routes, preset, event.sample);
  const declaration = declareCodeEvent(
    {
      type: event.type,
      displayName: event.displayName,
      description: event.description,
      schema: z.strictObject({ ...shapeOfParts(event.parts), ...event.own }),
      sample: build(entry, event.ownSample, links),
    },
    {
      at: `${at}.${event.type}`,
      source: 'preset',
      ...(model && { fromEntry: { uid: model.uid, populate: populateOf(populate), build } }),
    },
  );
  const contentTypeName = model?.info.displayName ?? null;
  return [{ ...declaration, origin: at, eventType: { ...declaration.eventType, contentTypeName } }];
}

/** The parts of a payload one after the other, each complete. */
function joined(
  parts: readonly PartName[],
  entry: Entry | null,
  routes: Routes,
  roles: Roles,
  links: Links,
): Record<string, unknown> {
  return Object.assign(
    {},
    ...parts.map((part) => partOf(part, recordOf(entry, routes[roleOfPart(part)]), roles, links)),
  );
}

/** The related record at the path; the first if there are several. */
function recordOf(entry: Entry | null, route: string | undefined): Entry | null {
  if (entry === null || route === undefined) return null;
  const record = route === '' ? entry : readPath(entry, route);
  const one: unknown = Array.isArray(record) ? record[0] : record;
  return isEntry(one) ? one : null;
}

function leadOf(
  event: NetworkEvent,
  entry: Entry,
  role: Role,
  links: Links,
  link: VerificationLink | undefined,
) {
  const reader = readerOf(entry, role, links);
  const lead = Object.entries(event.lead ?? {}).map(
    ([key, field]) => [key, /Url$/.test(field) ? reader.url(field) : reader.text(field)] as const,
  );
  const verification =
    event.type === 'customer.email_verification_needed'
      ? { verification_link: link === undefined ? null : linkOf(link, entry, links) }
      : {};
  return { ...verification, ...Object.fromEntries(lead) };
}

/** The result of the site builder's function for this customer. Throws PayloadError if it is not a text. */
function linkOf(link: VerificationLink, entry: Entry, links: Links): string | null {
  const given = givenValue(link(entry, links) ?? null);
  if (given === null || typeof given === 'string') return given;
  throw new PayloadError([{ path: ['verification_link'], message: 'must be a text or null' }]);
}

/**
 * Called once at start with a generated customer, only to check the type of its result (a promise): it may
 * well refuse a customer that does not exist.
 */
function checkLink(link: VerificationLink, customer: Entry, links: Links): void {
  try {
    linkOf(link, customer, links);
  } catch (error) {
    if (!(error instanceof PayloadError)) return;
    throw new CatalogError(
      error.problems.map(({ message }) => `${at}.verificationLink: what it gives ${message}`),
    );
  }
}

/** A generated customer, as far as this app has one. */
function sampleCustomer(preset: Preset): Entry {
  const { roles, models } = preset;
  const model = roles.customer === null ? undefined : models.get(roles.customer.uid);
  if (model === undefined) return {};
  const routes = routesFrom('customer', roles);
  return sampleRecord(model, populateFor(model, ['customer'], routes, preset), routes, preset, undefined);
}

function leadShape(event: NetworkEvent): Record<string, z.ZodType> {
  const lead = Object.keys(event.lead ?? {}).map((key) => [key, z.string().nullable()] as const);
  const verification = z
    .string()
    .nullable()
    .describe('Null unless the site builder turns it on: it is a live secret.');
  return {
    ...(event.type === 'customer.email_verification_needed' ? { verification_link: verification } : {}),
    ...Object.fromEntries(lead),
  };
}

const shapeOfParts = (parts: readonly PartName[]): Record<string, z.ZodType> =>
  Object.assign({}, ...parts.map(partShape));

/** For sent data: later versions may add keys, so others are not forbidden. */
const jsonSchema = (shape: Record<string, z.ZodType>): JsonSchema => ({
  ...z.toJSONSchema(z.object(shape), { io: 'input' }),
});

/** How the other roles are reached from this one, by the fields that lead to them. */
function routesFrom(start: RoleName, roles: Roles): Routes {
  const routes: Routes = { [start]: '' };
  const step = (from: RoleName, to: RoleName) => {
    const route = join(routes[from] ?? null, roles[from]?.fields[to] ?? null);
    if (route !== null && roles[to] !== null) routes[to] ??= route;
  };
  step('domain', 'site');
  step('payment', 'membership');
  step('site', 'membership');
  for (const from of ['payment', 'site', 'membership'] as const) step(from, 'customer');
  return routes;
}

/** One level as always, and what the parts read beyond that. */
function populateFor(
  model: ContentModel,
  parts: readonly PartName[],
  routes: Routes,
  { roles, models }: Preset,
): PopulateTree {
  const paths = [...new Set(parts.map(roleOfPart))].flatMap((name) => {
    const route = routes[name];
    const role = roles[name];
    if (route === undefined || role === null) return [];
    return fieldsRead(role).map((path) => join(route, path));
  });
  return paths.reduce<PopulateTree>(
    (tree, path) => {
      const resolved = path === null ? '' : resolvePath(model, path, models);
      return typeof resolved === 'string' ? tree : mergePopulate(tree, resolved.populate);
    },
    defaultPopulate(model, models),
  );
}

/** Paths of a role's own values: those that lead to other roles are walked by their routes. */
const fieldsRead = ({ fields }: Role): (string | null)[] =>
  Object.entries(fields).flatMap(([field, path]) => ((roleNames as string[]).includes(field) ? [] : [path]));

function sampleRecord(
  model: ContentModel,
  populate: PopulateTree,
  routes: Routes,
  { roles, models }: Preset,
  special: Partial<Record<RoleName, SampleValues>> | undefined,
): Entry {
  const entry = sampleEntry(shapeOf(model, populate, models));
  return withStory(entry, { model, models, roles, routes, ...(special && { special }) });
}
