/**
 * The arrows of the house (docs/architecture.md): a change walks capture → matching → queue → delivery and never
 * back; what a room may ask is listed here, everything else is refused.
 */
const room = (name) => `^server/src/${name}/`;
const rooms = [
  'catalog',
  'conditions',
  'gate',
  'capture',
  'matching',
  'queue',
  'delivery',
  'inbox',
  'store',
  'services',
  'controllers',
  'routes',
  'policies',
  'models',
  'content-types',
];

const mayAsk = {
  catalog: ['conditions'],
  conditions: [],
  gate: [],
  capture: ['catalog', 'conditions', 'store'],
  matching: ['conditions', 'store'],
  queue: ['gate', 'store'],
  delivery: ['gate', 'store'],
  inbox: ['store'],
  store: ['models'],
  services: ['catalog', 'capture', 'matching', 'queue', 'inbox', 'store', 'gate', 'delivery', 'conditions'],
  controllers: ['services'],
  routes: ['controllers', 'policies'],
  policies: [],
  models: [],
  'content-types': [],
};

const arrows = Object.entries(mayAsk).map(([from, to]) => {
  const forbidden = rooms.filter((name) => name !== from && !to.includes(name));
  return {
    name: `arrow-${from}`,
    comment: `${from} may ask only: ${to.join(', ') || 'nobody'}`,
    severity: 'error',
    from: { path: room(from), pathNot: '\\.test\\.ts$' },
    to: { path: forbidden.map(room) },
  };
});

module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-imports-the-top',
      comment: 'index, register, bootstrap, destroy and house wire the rooms; no room knows them',
      severity: 'error',
      from: { path: '^server/src/[^/]+/' },
      to: { path: '^server/src/(index|register|bootstrap|destroy|house)\\.ts$' },
    },
    {
      name: 'halves-stay-apart',
      severity: 'error',
      from: { path: '^server/' },
      // The words of e-mails stand with all other words that an administrator reads.
      to: { path: '^admin/', pathNot: '^admin/src/translations/[a-z]+\\.json$' },
    },
    { name: 'halves-stay-apart-too', severity: 'error', from: { path: '^admin/' }, to: { path: '^server/' } },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: '^(server|admin)/' },
    },
    {
      name: 'sql-in-store-only',
      comment: 'knex is spoken in store/ only',
      severity: 'error',
      from: { path: '^server/src/(?!store/)', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/knex' },
    },
    {
      name: 'http-in-one-place',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: '(^server/src/delivery/(http-client|proxy|receive-limit)\\.ts$|\\.test\\.ts$)',
      },
      to: { path: 'node_modules/(axios|undici)/' },
    },
    {
      name: 'pure-rooms-know-no-strapi',
      severity: 'error',
      from: {
        path: '^server/src/(conditions/|gate/|delivery/(backoff|signature|address-guard|classify|retry-after|mask|payload/))',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: 'node_modules/@strapi' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^(server|admin|contracts)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
  },
};
