import { createCatalog } from '../catalog';
import { evaluate } from '../../conditions/evaluate';
import type { ChangeFacts } from '../../conditions/types';
import type { ContentModel } from '../content-model';
import { playgroundComponents, playgroundTypes } from '../playground.fixture';
import { emptyValues, misfits } from '../schema-check.fixture';
import type { Catalog, MappedEvent } from '../types';

const make = (network: unknown = true, contentTypes = playgroundTypes): Catalog =>
  createCatalog({ contentTypes, components: playgroundComponents, config: { presets: { network } } });
const catalog = make();
const links = { serverUrl: 'https://strapi.test', adminUrl: 'https://strapi.test/admin' };

const payment =
  'payment_id payment_status payment_reference_code payment_subtotal payment_subtotal_raw payment_tax_total payment_tax_total_raw payment_total payment_total_raw payment_currency payment_product_names payment_date_created payment_gateway payment_invoice_url payment_manage_url';
const membership =
  'membership_id membership_status membership_reference_code membership_initial_amount membership_initial_amount_raw membership_amount membership_amount_raw membership_currency membership_description membership_gateway membership_date_expiration membership_manage_url';
const customer =
  'customer_id customer_name customer_user_id customer_user_email customer_email_verification customer_avatar customer_billing_address customer_manage_url';
const site = 'site_id site_title site_description site_url site_admin_url site_manage_url';
const domain =
  'domain_id domain_domain domain_site_id domain_stage domain_active domain_primary domain_secure domain_date_created domain_manage_url';
const billing =
  'company_name billing_email billing_address_line_1 billing_address_line_2 billing_country billing_state billing_city billing_zip_code';

/** Type, display name, what it is mapped from, and every key in its order. */
const table: [string, string, string | null, string[]][] = [
  ['payment.received', 'Payment Received', 'Payment', [payment, membership, customer]],
  [
    'renewal_payment.created',
    'New Renewal Payment Created',
    'Payment',
    ['default_payment_url', payment, membership, customer],
  ],
  ['site.published', 'Site Published', 'Site', [site, customer, membership]],
  ['domain.created', 'New Domain Mapping Added', 'Domain', [domain, site, membership, customer]],
  [
    'customer.email_verification_needed',
    'Email Verification Needed',
    'Customer',
    ['verification_link', customer],
  ],
  ['customer.created', 'Customer Created', 'Customer', [customer, billing]],
  ['customer.updated', 'Customer Updated', 'Customer', [customer, billing]],
  ['membership.created', 'Membership Created', 'Membership', [membership, customer, billing]],
  ['membership.updated', 'Membership Updated', 'Membership', [membership, customer, billing]],
  ['payment.created', 'Payment Created', 'Payment', [payment, membership, customer, billing]],
  ['payment.updated', 'Payment Updated', 'Payment', [payment, membership, customer, billing]],
  ['payment.failed', 'Recurring Payment Failed', 'Payment', [payment, membership, customer, billing]],
  ['membership.expired', 'Membership Expired', 'Membership', [membership, customer, billing]],
  ['invoice.sent', 'Invoice Sent', 'Payment', ['payment_url invoice_message', payment, customer]],
  [
    'demo_site.expiring',
    'Demo Site Expiring',
    'Site',
    [site, membership, customer, 'demo_expires_at demo_time_remaining'],
  ],
  ['checkout.started', 'Checkout Started', null, ['form_slug user_id ip_address referrer']],
  [
    'checkout.step_completed',
    'Checkout Step Completed',
    null,
    ['customer_id membership_id plan_id plan_slug cart_type is_free'],
  ],
  [
    'checkout.completed',
    'Checkout Completed',
    'Payment',
    [payment, membership, customer, 'cart_type gateway is_free'],
  ],
  ['checkout.failed', 'Checkout Failed', null, ['error_codes error_messages user_id']],
];

const mapped = (type: string, of = catalog): MappedEvent => {
  const uid = of.get(type)?.uid;
  const found = uid ? of.plan(uid)?.mapped.find((one) => one.type === type) : undefined;
  if (!found) throw new Error(`${type} is not mapped`);
  return found;
};
const holds = (type: string, facts: ChangeFacts) => evaluate(mapped(type).rule, facts).holds;

describe('the preset of a network of customer sites', () => {
  it.each(table)('%s: %s', (type, displayName, contentTypeName, keys) => {
    const event = catalog.get(type);
    expect(event).toMatchObject({
      type,
      displayName,
      contentTypeName,
      group: 'business',
      source: 'preset',
      sensitive: false,
    });
    expect(Object.keys(event?.sample ?? {}).join(' ')).toBe(keys.join(' '));
    expect(Object.keys((event?.schema as { properties: object }).properties).join(' ')).toBe(keys.join(' '));
    expect(event?.schema['required']).toHaveLength(keys.join(' ').split(' ').length);
  });

  it('has no event beside the table', () => {
    const types = catalog
      .list()
      .filter(({ source }) => source === 'preset')
      .map(({ type }) => type);
    expect([...types].sort()).toEqual(table.map(([type]) => type).sort());
  });

  it('every sample is complete, fits its schema and links to this Strapi', () => {
    for (const { type, schema, sample, source } of catalog.list()) {
      if (source !== 'preset') continue;
      expect([type, ...misfits(schema, sample)]).toEqual([type]);
      expect([type, ...emptyValues(sample)]).toEqual([type]);
      expect([type, ...Object.keys(sample).filter((key) => sample[key] === null)]).toEqual([type]);
    }
    expect(catalog.get('payment.received')?.sample).toMatchObject({
      payment_status: 'completed',
      payment_total: '$ 58.80',
      payment_total_raw: 58.8,
      payment_product_names: 'Studio plan',
      payment_manage_url: expect.stringMatching(
        /^https:\/\/cms\.example\.com\/admin\/content-manager\/collection-types\/api::payment\.payment\/[a-z0-9]{24}$/,
      ),
      customer_name: 'Olena Kovalenko',
      customer_avatar: 'https://cms.example.com/uploads/olena_kovalenko_7d1e0b.jpg',
      customer_billing_address:
        'Kovalenko Ceramics\nbilling@example.com\n12 Ploshcha Rynok\nFloor 2\nLviv, Lviv Oblast, 79008\nUA',
    });
    expect(catalog.get('domain.created')?.sample).toMatchObject({
      domain_active: true,
      domain_stage: 'done',
    });
    expect(catalog.get('membership.expired')?.sample).toMatchObject({ membership_status: 'expired' });
    expect(catalog.get('renewal_payment.created')?.sample).toMatchObject({
      default_payment_url: expect.stringMatching(/^https:/),
    });
  });

  it('takes the place of the content events of the same name, and says so', () => {
    for (const type of ['payment.created', 'customer.updated', 'membership.created', 'domain.created']) {
      expect(catalog.get(type)).toMatchObject({ source: 'preset', replacesContentEvent: true });
      expect(catalog.list().filter((event) => event.type === type)).toHaveLength(1);
    }
    expect(catalog.get('payment.received')?.replacesContentEvent).toBe(false);
    expect(catalog.plan('api::payment.payment')?.content).toEqual({ deleted: 'payment.deleted' });
    expect(catalog.plan('api::site.site')?.content).toEqual({
      created: 'site.created',
      updated: 'site.updated',
      deleted: 'site.deleted',
    });
  });

  it('reads what the payloads join, and content events still tell one level only', () => {
    const plan = catalog.plan('api::payment.payment');
    expect(plan?.populate).toEqual({
      products: true,
      membership: true,
      customer: { populate: { avatar: true, billingAddress: true, user: true } },
    });
    expect(catalog.get('payment.deleted')?.sample).toMatchObject({
      entry: { customer: expect.not.objectContaining({ user: expect.anything() }) },
    });
    expect(plan?.mapped.map(({ fields }) => [...fields])).toEqual([
      [],
      ['kind'],
      [],
      [],
      ['state', 'kind'],
      ['invoiceSentAt'],
    ]);
  });
});

describe('when the events of the preset happen', () => {
  const created = (after: ChangeFacts['after']): ChangeFacts => ({ action: 'created', before: null, after });
  const updated = (before: ChangeFacts['before'], after: ChangeFacts['after']): ChangeFacts => ({
    action: 'updated',
    before,
    after,
  });

  it.each<[string, ChangeFacts, boolean]>([
    ['payment.received', created({ state: 'failed' }), true],
    ['payment.received', updated({}, {}), false],
    ['renewal_payment.created', created({ kind: 'renewal' }), true],
    ['renewal_payment.created', created({ kind: 'initial' }), false],
    [
      'payment.failed',
      updated({ state: 'pending', kind: 'renewal' }, { state: 'failed', kind: 'renewal' }),
      true,
    ],
    ['payment.failed', created({ state: 'failed', kind: 'renewal' }), true],
    [
      'payment.failed',
      updated({ state: 'pending', kind: 'initial' }, { state: 'failed', kind: 'initial' }),
      false,
    ],
    [
      'payment.failed',
      updated({ state: 'failed', kind: 'renewal' }, { state: 'failed', kind: 'renewal' }),
      false,
    ],
    ['invoice.sent', updated({ invoiceSentAt: null }, { invoiceSentAt: '2026-11-24T14:02:07.418Z' }), true],
    ['invoice.sent', created({ invoiceSentAt: '2026-11-24T14:02:07.418Z' }), true],
    ['invoice.sent', created({ invoiceSentAt: null }), false],
    ['membership.expired', updated({ state: 'active' }, { state: 'expired' }), true],
    ['membership.expired', updated({ state: 'expired' }, { state: 'expired' }), false],
    ['site.published', created({ state: 'published', membership: ['m1'] }), true],
    ['site.published', created({ state: 'published', membership: [] }), false],
    ['site.published', created({ state: 'pending', membership: ['m1'] }), false],
    [
      'site.published',
      updated({ state: 'pending', membership: [] }, { state: 'published', membership: [] }),
      true,
    ],
    ['customer.email_verification_needed', created({ emailVerification: 'pending' }), true],
    ['customer.email_verification_needed', created({ emailVerification: 'verified' }), false],
    ['domain.created', created({}), true],
  ])('%s %j: %s', (type, facts, expected) => {
    expect(holds(type, facts)).toBe(expected);
  });
});

describe('payloads of real entries', () => {
  it('has every key, null where a relative or a value is missing', () => {
    const data = mapped('payment.received').build(
      { documentId: 'p1', state: 'pending', total: 0, membership: null, products: [] },
      links,
    );
    expect(Object.keys(data).join(' ')).toBe([payment, membership, customer].join(' '));
    expect(data).toMatchObject({
      payment_id: 'p1',
      payment_status: 'pending',
      payment_total: '0.00',
      payment_total_raw: 0,
      payment_subtotal_raw: null,
      payment_product_names: null,
      payment_manage_url:
        'https://strapi.test/admin/content-manager/collection-types/api::payment.payment/p1',
      membership_id: null,
      customer_manage_url: null,
    });
    expect(misfits(catalog.get('payment.received')?.schema ?? {}, data)).toEqual([]);
  });

  it('keeps types: booleans, numbers, dates; makes one text of several products', () => {
    const at = '2026-11-24T14:02:07.418Z';
    const built = mapped('domain.created').build(
      {
        documentId: 'd1',
        active: false,
        primary: true,
        createdAt: at,
        site: {
          documentId: 's1',
          membership: { documentId: 'm1', amount: 9.5, currency: 'EUR' },
          customer: {
            documentId: 'c1',
            email: 'a@b.c',
            user: null,
            avatar: { url: 'https://cdn.test/a.png' },
          },
        },
      },
      links,
    );
    expect(built).toMatchObject({
      domain_active: false,
      domain_primary: true,
      domain_secure: null,
      domain_site_id: 's1',
      domain_date_created: at,
      site_id: 's1',
      membership_amount: '€ 9.50',
      membership_amount_raw: 9.5,
      customer_user_email: 'a@b.c',
      customer_user_id: null,
      customer_avatar: 'https://cdn.test/a.png',
    });
    const two = mapped('payment.received').build(
      { documentId: 'p', products: [{ name: 'A' }, { name: 'B' }] },
      links,
    );
    expect(two['payment_product_names']).toBe('A, B');
  });

  it('sends a verification link only when the site builder turns it on, and then runs their code after the save', () => {
    const type = 'customer.email_verification_needed';
    const entry = { documentId: 'c1', name: 'Olena' };
    expect(mapped(type).build(entry, links)['verification_link']).toBeNull();
    expect(mapped(type).deferred).toBe(false);
    const on = make({
      verificationLink: (one: { documentId: string }, to: typeof links) =>
        `${to.serverUrl}/verify/${one.documentId}`,
    });
    expect(mapped(type, on).build(entry, links)['verification_link']).toBe('https://strapi.test/verify/c1');
    expect(mapped(type, on).deferred).toBe(true);
    // It may know nobody but real customers.
    const strict = make({
      verificationLink: ({ documentId }: { documentId: string }) => {
        if (documentId !== 'c1') throw new Error('unknown');
        return 'https://x';
      },
    });
    expect(mapped(type, strict).build(entry, links)['verification_link']).toBe('https://x');
  });
});

describe('events that the app’s own code emits', () => {
  it('builds their data from an entry and what only the caller knows; it fits', () => {
    const code = catalog.code('demo_site.expiring');
    expect(code?.fromEntry).toMatchObject({ uid: 'api::site.site' });
    const extra = { demo_expires_at: '2026-11-25T14:02:07.000Z', demo_time_remaining: '1 hour' };
    const data = code?.fromEntry?.build({ documentId: 's1', title: 'Demo', membership: null }, extra, links);
    expect(data).toMatchObject({ site_id: 's1', membership_id: null, demo_time_remaining: '1 hour' });
    expect(code?.parse(data)).toEqual(data);
  });

  it('refuses data that lacks a key or has one too many', () => {
    const parse = (data: object) => () => catalog.code('checkout.started')?.parse(data);
    const good = { form_slug: 'a', user_id: null, ip_address: null, referrer: null };
    expect(parse(good)).not.toThrow();
    expect(parse({ ...good, form_slug: 5 })).toThrow(/checkout\.started: data\.form_slug/);
    expect(parse({ ...good, card: '4242' })).toThrow(/card/);
  });
});

describe('an app with types and fields of its own', () => {
  it('names them; a part that it has not stays null, and its events are not offered', () => {
    const { 'api::payment.payment': payments, ...rest } = playgroundTypes;
    const info = { displayName: 'Order', singularName: 'order' };
    const order = { ...payments, uid: 'api::order.order', modelName: 'order', info } as ContentModel;
    const orders = { ...rest, [order.uid]: order };
    const own = make(
      {
        types: {
          payment: {
            uid: 'api::order.order',
            fields: {
              total: 'total',
              currency: 'currency',
              taxTotal: null,
              kind: null,
              customer: 'customer',
            },
          },
          membership: false,
          site: false,
          domain: false,
        },
      },
      orders,
    );
    expect(own.get('payment.received')).toMatchObject({ uid: 'api::order.order', contentTypeName: 'Order' });
    expect(own.get('payment.received')?.sample).toMatchObject({
      payment_total: '$ 58.80',
      payment_tax_total: null,
      // Not named: as null, although a field of this name is there.
      payment_gateway: null,
      membership_id: null,
      customer_name: 'Olena Kovalenko',
    });
    for (const type of [
      'domain.created',
      'site.published',
      'membership.expired',
      'renewal_payment.created',
      'demo_site.expiring',
    ]) {
      expect(own.get(type)?.source).not.toBe('preset');
    }
  });

  const told = (of: Catalog) =>
    of.refused().map(({ type, problems, isMissing }) => [type, isMissing ?? false, ...problems]);
  const presetTypes = (of: Catalog) =>
    of
      .list()
      .filter(({ source }) => source === 'preset')
      .map(({ type }) => type);
  const at = 'config.presets.network.types';

  it('with none of the content types it starts: each event that is left out says what is missing, and the option', () => {
    const none = make(true, {});
    expect(presetTypes(none).sort()).toEqual([
      'checkout.failed',
      'checkout.started',
      'checkout.step_completed',
    ]);
    expect(none.refused()).toHaveLength(table.length - 3);
    expect(told(none)).toContainEqual([
      'payment.received',
      true,
      `${at}.payment.uid: "api::payment.payment" is not a content type of this Strapi; name the one that plays this part, or set ${at}.payment to false`,
    ]);
    expect(none.refused().every(({ origin }) => origin === 'config.presets.network')).toBe(true);
  });

  it('offers all in the playground, and lists nothing', () => {
    expect(make().refused()).toEqual([]);
  });

  it('what a mapping does not name is null: an event that needs it is left out and listed', () => {
    const own = make({ types: { payment: { fields: { total: 'total' } } } });
    expect(told(own)).toEqual([
      [
        'renewal_payment.created',
        true,
        `${at}.payment.fields.kind: names no field of Payment (api::payment.payment)`,
      ],
      [
        'payment.failed',
        true,
        `${at}.payment.fields.status: names no field of Payment (api::payment.payment)`,
        `${at}.payment.fields.kind: names no field of Payment (api::payment.payment)`,
      ],
      [
        'invoice.sent',
        true,
        `${at}.payment.fields.invoiceSentAt: names no field of Payment (api::payment.payment)`,
      ],
    ]);
    expect(own.get('payment.received')?.sample).toMatchObject({
      payment_total_raw: 58.8,
      customer_name: null,
    });
  });

  it('a default that is not there is null too; what is said to be null or false is not listed', () => {
    const {
      kind: _kind,
      gateway: _gateway,
      ...attributes
    } = (playgroundTypes['api::payment.payment'] as ContentModel).attributes;
    const payments = { ...playgroundTypes['api::payment.payment'], attributes } as ContentModel;
    const types = { ...playgroundTypes, [payments.uid]: payments };
    const line = `${at}.payment.fields.kind: "kind" is not a field of Payment (api::payment.payment)`;
    expect(told(make(true, types))).toEqual([
      ['renewal_payment.created', true, line],
      ['payment.failed', true, line],
    ]);
    expect(make(true, types).get('payment.received')?.sample).toMatchObject({ payment_gateway: null });
    const fields = { kind: null, status: 'state', invoiceSentAt: null };
    expect(told(make({ types: { payment: { fields }, domain: false } }, types))).toEqual([]);
  });

  it('what a mapping names and is not there is an error of its own, and leaves out the events concerned alone', () => {
    const own = make({
      types: {
        payment: { fields: { total: 'sum', kind: 'kind', status: 'state', invoiceSentAt: 'invoiceSentAt' } },
        customer: { fields: { name: 'portalPassword', emailVerification: 'verified' } },
        domain: { uid: 'api::host.host' },
      },
    });
    const lines = own.refused().map(({ type, problems, isMissing }) => [type, isMissing, ...problems]);
    expect(lines).toEqual([
      [
        null,
        undefined,
        expect.stringMatching(
          /^config\.presets\.network\.types\.payment\.fields\.total: "sum" is not a field of Payment \(api::payment\.payment\); null where there is none; left out for it: payment\.received, .*checkout\.completed$/,
        ),
      ],
      [null, undefined, expect.stringMatching(/customer\.fields\.name: .*is private and cannot be sent/)],
      [
        null,
        undefined,
        expect.stringMatching(/customer\.fields\.emailVerification: "verified" is not a field of Customer/),
      ],
      [
        null,
        undefined,
        `${at}.domain.uid: "api::host.host" is not a content type of this Strapi; name the one that plays this part, or set ${at}.domain to false; left out for it: domain.created`,
      ],
    ]);
    expect(presetTypes(own).sort()).toEqual([
      'checkout.failed',
      'checkout.started',
      'checkout.step_completed',
    ]);
    const one = make({
      types: { payment: { fields: { invoiceMessage: 'lost', invoiceSentAt: 'invoiceSentAt' } } },
    });
    expect(one.refused()[0]?.problems).toEqual([
      expect.stringMatching(/invoiceMessage: "lost" is not a field of .*; left out for it: invoice\.sent$/),
    ]);
    expect(presetTypes(one)).toContain('payment.received');
  });

  it('a state that the field never has leaves its events out', () => {
    const own = make({ types: { payment: { values: { failed: 'declined' } } } });
    expect(told(own)).toEqual([
      [
        null,
        false,
        expect.stringMatching(
          /^config\.presets\.network\.types\.payment\.values\.failed: "declined" is not one of the values of "state": /,
        ),
      ],
    ]);
  });

  it('an own event of another content type that has the name already is kept, and the preset’s is left out', () => {
    const info = { displayName: 'Buyer', singularName: 'buyer' };
    const buyer = {
      ...playgroundTypes['api::customer.customer'],
      uid: 'api::buyer.buyer',
      modelName: 'buyer',
      info,
    } as ContentModel;
    const own = make(
      { types: { customer: { uid: buyer.uid, fields: { name: 'name' } } } },
      { ...playgroundTypes, [buyer.uid]: buyer },
    );
    expect(own.get('customer.created')?.source).toBe('content');
    expect(told(own)).toContainEqual([
      'customer.created',
      false,
      expect.stringContaining(
        'customer.created is an event of the content type Customer (api::customer.customer) already',
      ),
    ]);
  });

  it.each([
    [{ typ: {} }, 'config.presets.network.typ: is not an option here'],
    [{ types: { shop: {} } }, 'config.presets.network.types.shop: is not an option here'],
    [{ verificationLink: 'https://x' }, 'config.presets.network.verificationLink: must be a function'],
    [
      { verificationLink: async () => 'https://x' },
      'config.presets.network.verificationLink: what it gives is a promise',
    ],
    [
      { verificationLink: () => ({ url: 'https://x' }) },
      'config.presets.network.verificationLink: what it gives must be a text or null',
    ],
    [
      { types: { payment: { fields: { colour: 'x' } } } },
      'config.presets.network.types.payment.fields.colour: is not an option here',
    ],
    [{ types: { payment: true } }, 'config.presets.network.types.payment: '],
  ])('refuses %j', (network, message) => {
    expect(() => make(network)).toThrow(message);
  });
});
