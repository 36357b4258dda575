export default {
  type: 'content-api',
  routes: [
    { method: 'POST', path: '/checkout/start', handler: 'checkout.start' },
    { method: 'POST', path: '/checkout/step', handler: 'checkout.step' },
    { method: 'POST', path: '/checkout/complete', handler: 'checkout.complete' },
  ],
};
