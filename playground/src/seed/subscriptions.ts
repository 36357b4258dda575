export type MembershipState = 'pending' | 'active' | 'on_hold' | 'expired' | 'cancelled';
export type PaymentState = 'pending' | 'completed' | 'failed' | 'refunded';

/** One membership with what belongs to it. `daysAgo` and `inDays` count from the day of seeding. */
export interface Subscription {
  /** Place of the customer in `people`. */
  person: number;
  product: string;
  state: MembershipState;
  gateway: 'stripe' | 'paypal' | 'manual' | 'free';
  inDays: number;
  /** The first one is the initial payment, the others are renewals. */
  payments: readonly { state: PaymentState; daysAgo: number }[];
  sites: readonly {
    title: string;
    description: string;
    host: string;
    state: 'pending' | 'published' | 'suspended';
    /** Makes it a demo site that ends in so many hours. */
    demoHours?: number;
    domains: readonly {
      domain: string;
      stage: 'checking_dns' | 'checking_ssl' | 'done' | 'failed';
      primary?: boolean;
    }[];
  }[];
}

const paid = (...daysAgo: number[]) =>
  daysAgo.map((days) => ({ state: 'completed' as const, daysAgo: days }));

export const subscriptions: readonly Subscription[] = [
  {
    person: 0,
    product: 'studio',
    state: 'active',
    gateway: 'stripe',
    inDays: 18,
    payments: paid(72, 42, 12),
    sites: [
      {
        title: 'Калина',
        description: 'Студія графічного дизайну в Києві',
        host: 'kalyna',
        state: 'published',
        domains: [
          { domain: 'kalyna.example', stage: 'done', primary: true },
          { domain: 'www.kalyna.example', stage: 'done' },
        ],
      },
      {
        title: 'Музей писанки',
        description: 'Сайт, який студія робить для музею',
        host: 'pysanka',
        state: 'pending',
        domains: [{ domain: 'pysanka.example', stage: 'checking_dns', primary: true }],
      },
    ],
  },
  {
    person: 1,
    product: 'business',
    state: 'active',
    gateway: 'paypal',
    inDays: 25,
    payments: [...paid(65, 35), { state: 'completed', daysAgo: 5 }],
    sites: [
      {
        title: 'Okafor Textiles',
        description: 'Wax prints and hand-woven cloth',
        host: 'okafor',
        state: 'published',
        domains: [{ domain: 'okafor.example', stage: 'done', primary: true }],
      },
    ],
  },
  {
    person: 2,
    product: 'starter',
    state: 'on_hold',
    gateway: 'stripe',
    inDays: -2,
    payments: [...paid(62, 32), { state: 'failed', daysAgo: 2 }],
    sites: [
      {
        title: 'Житній дім',
        description: 'Хліб на заквасці, щодня з шостої ранку',
        host: 'zhytnii-dim',
        state: 'published',
        domains: [{ domain: 'zhytnii-dim.example', stage: 'done', primary: true }],
      },
    ],
  },
  {
    person: 3,
    product: 'starter',
    state: 'active',
    gateway: 'stripe',
    inDays: 11,
    payments: paid(19),
    sites: [
      {
        title: 'Connemara Walks',
        description: 'Guided walks in the west of Ireland',
        host: 'connemara',
        state: 'published',
        domains: [{ domain: 'connemara-walks.example', stage: 'checking_ssl', primary: true }],
      },
    ],
  },
  {
    person: 4,
    product: 'studio',
    state: 'expired',
    gateway: 'paypal',
    inDays: -20,
    payments: [...paid(110, 80), { state: 'failed', daysAgo: 50 }],
    sites: [
      {
        title: 'Talleres Hernández',
        description: 'Reparación de coches clásicos',
        host: 'talleres',
        state: 'suspended',
        domains: [{ domain: 'talleres-hernandez.example', stage: 'failed', primary: true }],
      },
    ],
  },
  {
    person: 5,
    product: 'starter',
    state: 'pending',
    gateway: 'manual',
    inDays: 30,
    payments: [{ state: 'pending', daysAgo: 1 }],
    sites: [],
  },
  {
    person: 6,
    product: 'business',
    state: 'active',
    gateway: 'stripe',
    inDays: 8,
    payments: paid(82, 52, 22),
    sites: [
      {
        title: 'Müller Fahrräder',
        description: 'Räder, Teile, Werkstatt',
        host: 'mueller-raeder',
        state: 'published',
        domains: [{ domain: 'mueller-raeder.example', stage: 'done', primary: true }],
      },
    ],
  },
  {
    person: 7,
    product: 'starter',
    state: 'cancelled',
    gateway: 'stripe',
    inDays: -60,
    payments: [{ state: 'refunded', daysAgo: 95 }],
    sites: [],
  },
  {
    person: 8,
    product: 'studio',
    state: 'active',
    gateway: 'stripe',
    inDays: 4,
    payments: paid(56, 26),
    sites: [
      {
        title: 'Natarajan Dance',
        description: 'Bharatanatyam for children and adults',
        host: 'natarajan',
        state: 'published',
        domains: [{ domain: 'natarajan-dance.example', stage: 'done', primary: true }],
      },
    ],
  },
  {
    person: 9,
    product: 'free',
    state: 'active',
    gateway: 'free',
    inDays: 14,
    payments: [],
    sites: [
      {
        title: 'Проба: морські екскурсії',
        description: 'Пробний сайт на чотирнадцять днів',
        host: 'demo-more',
        state: 'published',
        demoHours: 240,
        domains: [],
      },
    ],
  },
  {
    person: 10,
    product: 'free',
    state: 'active',
    gateway: 'free',
    inDays: 1,
    payments: [],
    sites: [
      {
        title: 'Demo: Thompson Veterinary',
        description: 'A demo site in its last hours',
        host: 'demo-thompson-vet',
        state: 'published',
        demoHours: 20,
        domains: [],
      },
    ],
  },
  {
    person: 11,
    product: 'starter',
    state: 'active',
    gateway: 'manual',
    inDays: 21,
    payments: paid(39, 9),
    sites: [
      {
        title: 'Librairie Benali',
        description: 'Livres neufs et anciens',
        host: 'librairie-benali',
        state: 'published',
        domains: [{ domain: 'librairie-benali.example', stage: 'done', primary: true }],
      },
    ],
  },
];
