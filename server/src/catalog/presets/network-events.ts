import { z } from 'zod';
import type { Condition, ContentAction, Rule } from '../../conditions';
import type { Needing } from './network-mapping';
import type { PartName } from './network-parts';
import type { RoleName, Roles } from './network-roles';
import type { SampleValues } from './network-samples';

/**
 * A mapped event of the preset: the role whose changes produce it, its rule, and the parts of its payload.
 */
export interface NetworkEvent extends Needing {
  displayName: string;
  description: string;
  role: RoleName;
  /** Null if this app has no field that the rule needs. */
  rule(roles: Roles): Rule | null;
  sample?: Partial<Record<RoleName, SampleValues>>;
}

const always =
  (on: ContentAction): NetworkEvent['rule'] =>
  () => [{ on }];

/** The rule exists only if all its fields do. */
function when(
  on: ContentAction | readonly ContentAction[],
  role: RoleName,
  names: readonly string[],
  condition: (fields: readonly string[], values: Readonly<Record<string, string>>) => Condition,
): NetworkEvent['rule'] {
  return (roles) => {
    const part = roles[role];
    const fields = names.map((name) => part?.fields[name] ?? '');
    return part === null || fields.includes('') ? null : [{ on, when: condition(fields, part.values) }];
  };
}

const withBilling = {
  payment: ['payment', 'membership', 'customer', 'billing'],
  membership: ['membership', 'customer', 'billing'],
  customer: ['customer', 'billing'],
} as const satisfies Record<string, readonly PartName[]>;

export const networkEvents: readonly NetworkEvent[] = [
  {
    type: 'payment.received',
    displayName: 'Payment Received',
    description: 'Every time a new payment is received, regardless of the payment’s status.',
    role: 'payment',
    rule: always('created'),
    parts: ['payment', 'membership', 'customer'],
  },
  {
    type: 'renewal_payment.created',
    needs: ['kind'],
    states: { kind: 'renewal' },
    displayName: 'New Renewal Payment Created',
    description: 'A renewal payment is created.',
    role: 'payment',
    rule: when('created', 'payment', ['kind'], ([kind = ''], { renewal = '' }) => ({
      field: kind,
      is: renewal,
    })),
    lead: { default_payment_url: 'paymentUrl' },
    parts: ['payment', 'membership', 'customer'],
    sample: { payment: { kind: 'renewal', status: 'pending' } },
  },
  {
    type: 'site.published',
    needs: ['status'],
    states: { status: 'published' },
    displayName: 'Site Published',
    description: 'A site tied to a membership is created, or moves from pending to published.',
    role: 'site',
    rule: ({ site }) => {
      const { status, membership } = site?.fields ?? {};
      const published = site?.values['published'] ?? '';
      if (!status) return null;
      const tied: Condition[] = membership ? [{ field: membership, present: true }] : [];
      return [
        { on: 'created', when: { all: [...tied, { field: status, is: published }] } },
        { on: 'updated', when: { field: status, becomes: published } },
      ];
    },
    parts: ['site', 'customer', 'membership'],
  },
  {
    type: 'domain.created',
    displayName: 'New Domain Mapping Added',
    description: 'A customer adds a domain mapping.',
    role: 'domain',
    rule: always('created'),
    parts: ['domain', 'site', 'membership', 'customer'],
  },
  {
    type: 'customer.email_verification_needed',
    needs: ['emailVerification'],
    states: { emailVerification: 'pending' },
    displayName: 'Email Verification Needed',
    description:
      'A customer is added whose email verification is pending. The verification link is null unless the site builder turns it on.',
    role: 'customer',
    rule: when('created', 'customer', ['emailVerification'], ([field = ''], { pending = '' }) => ({
      field,
      is: pending,
    })),
    parts: ['customer'],
    sample: { customer: { emailVerification: 'pending' } },
  },
  {
    type: 'customer.created',
    displayName: 'Customer Created',
    description: 'An account is created.',
    role: 'customer',
    rule: always('created'),
    parts: withBilling.customer,
  },
  {
    type: 'customer.updated',
    displayName: 'Customer Updated',
    description: 'An account is changed.',
    role: 'customer',
    rule: always('updated'),
    parts: withBilling.customer,
  },
  {
    type: 'membership.created',
    displayName: 'Membership Created',
    description: 'A membership is created.',
    role: 'membership',
    rule: always('created'),
    parts: withBilling.membership,
  },
  {
    type: 'membership.updated',
    displayName: 'Membership Updated',
    description: 'A membership is changed.',
    role: 'membership',
    rule: always('updated'),
    parts: withBilling.membership,
  },
  {
    type: 'payment.created',
    displayName: 'Payment Created',
    description: 'A payment is created.',
    role: 'payment',
    rule: always('created'),
    parts: withBilling.payment,
  },
  {
    type: 'payment.updated',
    displayName: 'Payment Updated',
    description: 'A payment is changed.',
    role: 'payment',
    rule: always('updated'),
    parts: withBilling.payment,
  },
  {
    type: 'payment.failed',
    needs: ['status', 'kind'],
    states: { status: 'failed', kind: 'renewal' },
    displayName: 'Recurring Payment Failed',
    description: 'A renewal fails at the gateway.',
    role: 'payment',
    rule: when(['created', 'updated'], 'payment', ['status', 'kind'], ([status = '', kind = ''], values) => ({
      all: [
        { field: status, becomes: values['failed'] ?? '' },
        { field: kind, is: values['renewal'] ?? '' },
      ],
    })),
    parts: withBilling.payment,
    sample: { payment: { kind: 'renewal', status: 'failed' }, membership: { status: 'on_hold' } },
  },
  {
    type: 'membership.expired',
    needs: ['status'],
    states: { status: 'expired' },
    displayName: 'Membership Expired',
    description: 'A membership moves to expired.',
    role: 'membership',
    rule: when('updated', 'membership', ['status'], ([field = ''], { expired = '' }) => ({
      field,
      becomes: expired,
    })),
    parts: withBilling.membership,
    sample: { membership: { status: 'expired', dateExpiration: '2026-11-24T14:00:00.000Z' } },
  },
  {
    type: 'invoice.sent',
    needs: ['invoiceSentAt'],
    displayName: 'Invoice Sent',
    description: 'An invoice is sent to a customer.',
    role: 'payment',
    rule: when(['created', 'updated'], 'payment', ['invoiceSentAt'], ([field = '']) => ({
      all: [
        { field, changed: true },
        { field, present: true },
      ],
    })),
    lead: { payment_url: 'paymentUrl', invoice_message: 'invoiceMessage' },
    parts: ['payment', 'customer'],
    sample: { payment: { status: 'pending' } },
  },
];

/** An event of the preset that the app's own code emits. */
export interface NetworkCodeEvent extends Needing {
  displayName: string;
  description: string;
  /** Keys that only the emitter knows. */
  own: Readonly<Record<string, z.ZodType>>;
  ownSample: Readonly<Record<string, unknown>>;
  sample?: Partial<Record<RoleName, SampleValues>>;
}

const userId = z.string().nullable().describe('The end user who is logged in, if any.');
const cartType = z.enum(['new', 'renewal', 'upgrade', 'downgrade', 'addon']);

export const networkCodeEvents: readonly NetworkCodeEvent[] = [
  {
    type: 'demo_site.expiring',
    displayName: 'Demo Site Expiring',
    description: 'A demo site is about to expire.',
    role: 'site',
    parts: ['site', 'membership', 'customer'],
    own: {
      demo_expires_at: z.string().meta({ format: 'date-time' }),
      demo_time_remaining: z.string().describe('In words: 1 hour.'),
    },
    ownSample: { demo_expires_at: '2026-11-24T15:02:07.000Z', demo_time_remaining: '1 hour' },
  },
  {
    type: 'checkout.started',
    displayName: 'Checkout Started',
    description: 'A visitor opens a checkout page.',
    role: null,
    parts: [],
    own: {
      form_slug: z.string(),
      user_id: userId,
      ip_address: z.string().nullable(),
      referrer: z.string().nullable(),
    },
    ownSample: {
      form_slug: 'default-checkout',
      user_id: 'u4kq9x2m7c1v8b5n3z6w0t4r',
      ip_address: '203.0.113.24',
      referrer: 'https://www.example.com/pricing',
    },
  },
  {
    type: 'checkout.step_completed',
    displayName: 'Checkout Step Completed',
    description: 'A visitor completes a step of the checkout and the order is put together.',
    role: null,
    parts: [],
    own: {
      customer_id: z.string().nullable(),
      membership_id: z.string().nullable(),
      plan_id: z.string(),
      plan_slug: z.string(),
      cart_type: cartType,
      is_free: z.boolean(),
    },
    ownSample: {
      customer_id: 'c7m2x9k4q1v8b5n3z6w0t4ru',
      membership_id: 'm3v8b5n3z6w0t4ruc7m2x9k4',
      plan_id: 'p6w0t4ruc7m2x9k4q1v8b5n3',
      plan_slug: 'studio-plan',
      cart_type: 'new',
      is_free: false,
    },
  },
  {
    type: 'checkout.completed',
    displayName: 'Checkout Completed',
    description: 'A checkout is fully processed and the gateway has accepted the payment.',
    role: 'payment',
    parts: ['payment', 'membership', 'customer'],
    own: { cart_type: cartType, gateway: z.string(), is_free: z.boolean() },
    ownSample: { cart_type: 'new', gateway: 'stripe', is_free: false },
  },
  {
    type: 'checkout.failed',
    displayName: 'Checkout Failed',
    description: 'A checkout is refused, by its own checks or by the gateway.',
    role: null,
    parts: [],
    own: {
      error_codes: z.array(z.string()),
      error_messages: z.record(z.string(), z.string()).describe('Message by error code.'),
      user_id: userId,
    },
    ownSample: {
      error_codes: ['card_declined'],
      error_messages: { card_declined: 'The gateway has declined the card.' },
      user_id: 'u4kq9x2m7c1v8b5n3z6w0t4r',
    },
  },
];
