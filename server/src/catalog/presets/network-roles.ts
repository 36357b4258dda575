import { z } from 'zod';

/**
 * The roles of content types in a network of customer sites, and the field of each value: a path in the entry
 * (`user.email`). These are the playground's: they hold for a role that the mapping gives neither `uid` nor `fields`, as
 * far as they are there.
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
  const { fields, values } = roles[name];
  const shape = <T extends z.ZodType>(of: object, type: T) =>
    z.strictObject(Object.fromEntries(Object.keys(of).map((key) => [key, type.optional()])));
  return z
    .union([
      z.literal(false),
      z.strictObject({
        uid: z.string().min(1, 'is required').optional(),
        fields: shape(fields, path).optional(),
        values: shape(values, z.string()).optional(),
      }),
    ])
    .optional();
}

/** `config.presets.network.types`: which content type has which role; `false` for none. */
export const rolesOption = z
  .strictObject({
    payment: roleOption('payment'),
    membership: roleOption('membership'),
    customer: roleOption('customer'),
    site: roleOption('site'),
    domain: roleOption('domain'),
  })
  .prefault({});

export type RoleOptions = z.output<typeof rolesOption>;
