import { z } from 'zod';
import { isEntry } from '../entry-shape';
import { readPath } from '../field-path';
import type { Entry, Links } from '../types';
import { formatAmount } from './money';
import type { FieldName, Role, RoleName, Roles } from './network-roles';

/**
 * The flat, prefixed keys of the payloads: one definition per key, with its type and how it is read. A part
 * is always complete; without a record its values are null.
 */
interface Key {
  type: z.ZodType;
  read(record: Reader): unknown;
}
type Keys = Readonly<Record<string, Key>>;

/** Reads one record by the names of its role. */
export interface Reader {
  id(): string | null;
  text(field: string): string | null;
  number(field: string): number | null;
  boolean(field: string): boolean | null;
  money(field: string): string | null;
  /** Several texts as one, joined by commas. */
  list(field: string): string | null;
  /** Absolute URL of a file, or a URL in a text field. */
  url(field: string): string | null;
  /** Where the record is edited in this Strapi. */
  manageUrl(): string | null;
}

export function readerOf(record: Entry, role: Role, links: Links): Reader {
  const value = (field: string): unknown => {
    const path = role.fields[field];
    return path === null || path === undefined ? null : readPath(record, path);
  };
  const number = (field: string): number | null => asNumber(value(field));
  const text = (field: string): string | null => asText(value(field));
  return {
    id: () => asText(record['documentId']),
    text,
    number,
    boolean: (field) => asBoolean(value(field)),
    money: (field) => {
      const amount = number(field);
      return amount === null ? null : formatAmount(amount, text('currency'));
    },
    list: (field) => asList(value(field)),
    url: (field) => absoluteUrl(value(field), links.serverUrl),
    manageUrl: () => {
      const id = asText(record['documentId']);
      return id === null ? null : `${links.adminUrl}/content-manager/collection-types/${role.uid}/${id}`;
    },
  };
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  // Strapi returns a biginteger as text.
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : null;
}

function asBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  // Some drivers return 0 and 1.
  return value === 1 ? true : value === 0 ? false : null;
}

function asList(value: unknown): string | null {
  const texts = (Array.isArray(value) ? value : [value]).map(asText).filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join(', ');
}

function absoluteUrl(value: unknown, serverUrl: string): string | null {
  const file: unknown = Array.isArray(value) ? value[0] : value;
  const url = asText(isEntry(file) ? file['url'] : file);
  return url !== null && url.startsWith('/') ? `${serverUrl}${url}` : url;
}

const text = z.string().nullable();
const link = z.string().nullable().meta({ format: 'uri' });
const time = z.string().nullable().meta({ format: 'date-time' });
const amount = z.number().nullable();
const flag = z.boolean().nullable();

const textOf = <R extends RoleName>(field: FieldName<R>, type: z.ZodType = text): Key => ({
  type,
  read: (record) => record.text(field),
});
const urlOf = <R extends RoleName>(field: FieldName<R>): Key => ({
  type: link,
  read: (record) => record.url(field),
});
const flagOf = <R extends RoleName>(field: FieldName<R>): Key => ({
  type: flag,
  read: (record) => record.boolean(field),
});
const moneyOf = <R extends RoleName>(key: string, field: FieldName<R>): Keys => ({
  [key]: { type: text, read: (record) => record.money(field) },
  [`${key}_raw`]: { type: amount, read: (record) => record.number(field) },
});
const id: Key = { type: text, read: (record) => record.id() };
const manageUrl: Key = { type: link, read: (record) => record.manageUrl() };

/** Lines of a postal address; null if unknown. */
const billingLines: Key = {
  type: text,
  read: (record) => {
    const place = ['city', 'state', 'zipCode']
      .map(record.text)
      .filter((part) => part !== null)
      .join(', ');
    const lines = [
      ...['companyName', 'billingEmail', 'addressLine1', 'addressLine2'].map(record.text),
      place === '' ? null : place,
      record.text('country'),
    ].filter((line) => line !== null);
    return lines.length === 0 ? null : lines.join('\n');
  },
};

/** The parts, each read from one record: `billing` from the customer. */
const keys = {
  payment: {
    payment_id: id,
    payment_status: textOf<'payment'>('status'),
    payment_reference_code: textOf<'payment'>('referenceCode'),
    ...moneyOf<'payment'>('payment_subtotal', 'subtotal'),
    ...moneyOf<'payment'>('payment_tax_total', 'taxTotal'),
    ...moneyOf<'payment'>('payment_total', 'total'),
    payment_currency: textOf<'payment'>('currency'),
    payment_product_names: { type: text, read: (record) => record.list('productNames') },
    payment_date_created: textOf<'payment'>('dateCreated', time),
    payment_gateway: textOf<'payment'>('gateway'),
    payment_invoice_url: urlOf<'payment'>('invoiceUrl'),
    payment_manage_url: manageUrl,
  },
  membership: {
    membership_id: id,
    membership_status: textOf<'membership'>('status'),
    membership_reference_code: textOf<'membership'>('referenceCode'),
    ...moneyOf<'membership'>('membership_initial_amount', 'initialAmount'),
    ...moneyOf<'membership'>('membership_amount', 'amount'),
    membership_currency: textOf<'membership'>('currency'),
    membership_description: textOf<'membership'>('description'),
    membership_gateway: textOf<'membership'>('gateway'),
    membership_date_expiration: textOf<'membership'>('dateExpiration', time),
    membership_manage_url: manageUrl,
  },
  customer: {
    customer_id: id,
    customer_name: textOf<'customer'>('name'),
    customer_user_id: textOf<'customer'>('userId'),
    customer_user_email: { type: text, read: (record) => record.text('userEmail') ?? record.text('email') },
    customer_email_verification: textOf<'customer'>('emailVerification'),
    customer_avatar: urlOf<'customer'>('avatar'),
    customer_billing_address: billingLines,
    customer_manage_url: manageUrl,
  },
  billing: {
    company_name: textOf<'customer'>('companyName'),
    billing_email: textOf<'customer'>('billingEmail'),
    billing_address_line_1: textOf<'customer'>('addressLine1'),
    billing_address_line_2: textOf<'customer'>('addressLine2'),
    billing_country: textOf<'customer'>('country'),
    billing_state: textOf<'customer'>('state'),
    billing_city: textOf<'customer'>('city'),
    billing_zip_code: textOf<'customer'>('zipCode'),
  },
  site: {
    site_id: id,
    site_title: textOf<'site'>('title'),
    site_description: textOf<'site'>('description'),
    site_url: urlOf<'site'>('url'),
    site_admin_url: urlOf<'site'>('adminUrl'),
    site_manage_url: manageUrl,
  },
  domain: {
    domain_id: id,
    domain_domain: textOf<'domain'>('domain'),
    // Of the site, not of the domain: set by `partOf`.
    domain_site_id: { type: text, read: (record) => record.text('siteId') },
    domain_stage: textOf<'domain'>('stage'),
    domain_active: flagOf<'domain'>('active'),
    domain_primary: flagOf<'domain'>('primary'),
    domain_secure: flagOf<'domain'>('secure'),
    domain_date_created: textOf<'domain'>('dateCreated', time),
    domain_manage_url: manageUrl,
  },
} as const satisfies Record<string, Keys>;

export type PartName = keyof typeof keys;

/** The role that a part is read from. */
export const roleOfPart = (part: PartName): RoleName => (part === 'billing' ? 'customer' : part);

/** All keys of one part, read from its record; all null without a record. */
export function partOf(
  part: PartName,
  record: Entry | null,
  roles: Roles,
  links: Links,
): Record<string, unknown> {
  const role = roles[roleOfPart(part)];
  const definitions: [string, Key][] = Object.entries(keys[part]);
  if (record === null || role === null) return Object.fromEntries(definitions.map(([key]) => [key, null]));
  const site = role.fields['site'];
  const fields =
    part === 'domain' ? { ...role.fields, siteId: site ? `${site}.documentId` : null } : role.fields;
  const reader = readerOf(record, { ...role, fields }, links);
  return Object.fromEntries(definitions.map(([key, { read }]) => [key, read(reader)]));
}

/** The fields of the role that a part is read from. */
export function fieldsOfPart(part: PartName): ReadonlySet<string> {
  const used = new Set<string>();
  const note = (...fields: string[]): null => {
    for (const field of fields) used.add(field);
    return null;
  };
  const recorder: Reader = {
    ...{ id: () => null, manageUrl: () => null },
    ...{ text: note, number: note, boolean: note, list: note, url: note },
    // An amount is told in its currency.
    money: (field) => note(field, 'currency'),
  };
  for (const { read } of Object.values<Key>(keys[part])) read(recorder);
  return used;
}

/** The types of the keys of one part. */
export const partShape = (part: PartName): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries<Key>(keys[part]).map(([key, { type }]) => [key, type]));
