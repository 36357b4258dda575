import { resolvePath, withValueAt } from '../field-path';
import { sampleTimestamp } from '../sample';
import type { ContentModel, ContentModels } from '../content-model';
import type { Entry } from '../types';
import type { Role, RoleName, Roles } from './network-roles';

/** The values of a role in samples: one story, so that a reader sees how the parts are related. */
export type SampleValues = Readonly<Record<string, unknown>>;

const values: Readonly<Record<RoleName, SampleValues>> = {
  payment: {
    referenceCode: 'KC-2026-0417',
    status: 'completed',
    subtotal: 49,
    taxTotal: 9.8,
    total: 58.8,
    currency: 'USD',
    gateway: 'stripe',
    kind: 'initial',
    productNames: 'Studio plan',
    dateCreated: sampleTimestamp,
    invoiceUrl: 'https://kovalenko.example.com/invoices/KC-2026-0417',
    invoiceSentAt: sampleTimestamp,
    invoiceMessage: 'Here is your invoice for November. Thank you!',
    paymentUrl: 'https://kovalenko.example.com/pay/KC-2026-0417',
  },
  membership: {
    referenceCode: 'KC-M-0093',
    status: 'active',
    initialAmount: 49,
    amount: 49,
    currency: 'USD',
    description: '$ 49.00 every month',
    gateway: 'stripe',
    dateExpiration: '2026-12-24T14:02:07.000Z',
  },
  customer: {
    name: 'Olena Kovalenko',
    email: 'olena@example.com',
    emailVerification: 'verified',
    avatar: '/uploads/olena_kovalenko_7d1e0b.jpg',
    userEmail: 'olena@example.com',
    companyName: 'Kovalenko Ceramics',
    billingEmail: 'billing@example.com',
    addressLine1: '12 Ploshcha Rynok',
    addressLine2: 'Floor 2',
    city: 'Lviv',
    state: 'Lviv Oblast',
    zipCode: '79008',
    country: 'UA',
  },
  site: {
    title: 'Kovalenko Ceramics',
    description: 'Handmade tableware from Lviv',
    url: 'https://kovalenko.example.com',
    adminUrl: 'https://kovalenko.example.com/admin',
    status: 'published',
    demoExpiresAt: '2026-11-25T14:02:07.000Z',
  },
  domain: {
    domain: 'kovalenko.example.com',
    stage: 'done',
    active: true,
    primary: true,
    secure: true,
    dateCreated: sampleTimestamp,
  },
};

/** The path to a role from the entry of the event: `customer` from a payment, '' for the entry itself. */
export type Routes = Partial<Record<RoleName, string>>;

/**
 * The entry with the story's values in every reachable role.
 *
 * @param special the values specific to this event, by role: `{ payment: { kind: 'renewal' } }`.
 */
export function withStory(
  entry: Entry,
  {
    model,
    models,
    roles,
    routes,
    special = {},
  }: {
    model: ContentModel;
    models: ContentModels;
    roles: Roles;
    routes: Routes;
    special?: Partial<Record<RoleName, SampleValues>>;
  },
): Entry {
  let told = entry;
  for (const [name, route] of Object.entries(routes) as [RoleName, string][]) {
    const role = roles[name];
    if (role === null) continue;
    for (const [field, value] of Object.entries({ ...values[name], ...special[name] })) {
      told = withField(told, model, models, join(route, pathOf(role, field)), value);
    }
  }
  return told;
}

function withField(
  entry: Entry,
  model: ContentModel,
  models: ContentModels,
  path: string | null,
  value: unknown,
): Entry {
  if (path === null) return entry;
  const resolved = resolvePath(model, path, models);
  if (typeof resolved === 'string' || resolved.attribute === null) return entry;
  if (resolved.attribute.type === 'media') return withValueAt(entry, `${path}.url`, value);
  // An app may have other states; the sample must be one that it can really send.
  const choices = resolved.attribute.enum;
  const possible = choices === undefined || choices.includes(String(value)) ? value : choices[0];
  return withValueAt(entry, path, possible);
}

const pathOf = (role: Role, field: string): string | null => role.fields[field] ?? null;

/** `customer` and `user.email` → `customer.user.email`; null if one of them is null. */
export function join(route: string | null, path: string | null): string | null {
  if (route === null || path === null) return null;
  return route === '' ? path : `${route}.${path}`;
}
