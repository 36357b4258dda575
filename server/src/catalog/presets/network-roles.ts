import { z } from 'zod';

/**
 * The roles of content types in a network of customer sites, and the field of each value: a path in the entry
 * (`user.email`), or null if this app has none. The defaults are the playground's.
 */
export const roles = {
  payment: {
    uid: 'api::payment.payment',
    fields: {
      referenceCode: 'referenceCode',
      status: 'state',
      subtotal: 'subtotal',
      taxTotal: 'taxTotal',
      total: 'total',
      currency: 'currency',
      gateway: 'gateway',
      kind: 'kind',
      productNames: 'products.name',
      dateCreated: 'createdAt',
      invoiceUrl: 'invoiceUrl',
      invoiceSentAt: 'invoiceSentAt',
      invoiceMessage: 'invoiceMessage',
      paymentUrl: 'paymentUrl',
      membership: 'membership',
      customer: 'customer',
    },
    values: { renewal: 'renewal', failed: 'failed' },
  },
  membership: {
    uid: 'api::membership.membership',
    fields: {
      referenceCode: 'referenceCode',
      status: 'state',
      initialAmount: 'initialAmount',
      amount: 'amount',
      currency: 'currency',
      description: 'description',
      gateway: 'gateway',
      dateExpiration: 'dateExpiration',
      customer: 'customer',
    },
    values: { expired: 'expired' },
  },
  customer: {
    uid: 'api::customer.customer',
    fields: {
      name: 'name',
      email: 'email',
      emailVerification: 'emailVerification',
      avatar: 'avatar',
      userId: 'user.documentId',
      userEmail: 'user.email',
      companyName: 'billingAddress.companyName',
      billingEmail: 'billingAddress.billingEmail',
      addressLine1: 'billingAddress.addressLine1',
      addressLine2: 'billingAddress.addressLine2',
      city: 'billingAddress.city',
      state: 'billingAddress.state',
      zipCode: 'billingAddress.zipCode',
      country: 'billingAddress.country',
    },
    values: { pending: 'pending' },
  },
  site: {
    uid: 'api::site.site',
    fields: {
      title: 'title',
      description: 'description',
      url: 'url',
      adminUrl: 'adminUrl',
      status: 'state',
      demoExpiresAt: 'demoExpiresAt',
      membership: 'membership',
      customer: 'customer',
    },
    values: { published: 'published' },
  },
  domain: {
    uid: 'api::domain.domain',
    fields: {
      domain: 'domain',
      stage: 'stage',
      active: 'active',
      primary: 'primary',
      secure: 'secure',
      dateCreated: 'createdAt',
      site: 'site',
    },
    values: {},
  },
} as const;

export type RoleName = keyof typeof roles;
export const roleNames = Object.keys(roles) as RoleName[];
export type FieldName<R extends RoleName = RoleName> = R extends RoleName
  ? keyof (typeof roles)[R]['fields'] & string
  : never;

/** One role as configured in this app. */
export interface Role {
  uid: string;
  fields: Readonly<Record<string, string | null>>;
  /** The app's names of the states that events use. */
  values: Readonly<Record<string, string>>;
}

/** The roles as configured in this app; null without such a content type. */
export type Roles = Readonly<Record<RoleName, Role | null>>;

const path = z.string().min(1, 'must be a path in the entry').nullable();

function roleOption(name: RoleName) {
  const { uid, fields, values } = roles[name];
  const shape = <T extends z.ZodType>(of: object, type: T) =>
    z.strictObject(Object.fromEntries(Object.keys(of).map((key) => [key, type.optional()])));
  return z.union([
    z.literal(false),
    z.strictObject({
      uid: z.string().min(1, 'is required').default(uid),
      fields: shape(fields, path).prefault({}),
      values: shape(values, z.string()).prefault({}),
    }),
  ]);
}

type RoleOption = z.output<ReturnType<typeof roleOption>>;

/** `config.presets.network.types`: which content type has which role; `false` for none. */
export const rolesOption = z
  .strictObject({
    payment: roleOption('payment').prefault({}),
    membership: roleOption('membership').prefault({}),
    customer: roleOption('customer').prefault({}),
    site: roleOption('site').prefault({}),
    domain: roleOption('domain').prefault({}),
  })
  .prefault({});

export function rolesOf(options: z.output<typeof rolesOption>): Roles {
  const of = (name: RoleName): Role | null => filled(name, options[name]);
  return {
    payment: of('payment'),
    membership: of('membership'),
    customer: of('customer'),
    site: of('site'),
    domain: of('domain'),
  };
}

function filled(name: RoleName, option: RoleOption): Role | null {
  if (option === false) return null;
  const { fields, values } = roles[name];
  return {
    uid: option.uid,
    fields: { ...fields, ...given(option.fields) },
    values: { ...values, ...given(option.values) },
  };
}

const given = <T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter((pair): pair is [string, T] => pair[1] !== undefined));
