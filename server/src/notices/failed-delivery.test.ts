import { createFailedDeliveries } from './failed-delivery';
import type { FailedDelivery } from './failed-delivery';
import type { NewAttempt } from '../store/outcomes';

const delivery: FailedDelivery = {
  ...{ id: 7, messageId: 'msg_1', eventType: 'article.published', webhookName: 'Shop', test: false },
  ...{ host: 'shop.example.com', uid: 'api::article.article', documentId: 'abc' },
};
const attempt: NewAttempt = {
  ...{ at: 1, number: 3, kind: 'automatic', method: 'POST', url: 'https://shop.example.com', durationMs: 40 },
  ...{ outcome: 'failed', code: 'http_404', httpStatus: 404, statusText: 'Not Found', error: null },
  ...{ requestHeaders: {}, responseHeaders: {}, responseBody: '', truncated: false },
};
const outcome = { state: 'failed', webhookId: 3, attempts: 3, attempt } as const;

describe('a delivery that failed for good', () => {
  let isWanted: boolean;
  const event = createFailedDeliveries({
    wanted: (type) => isWanted && type === 'delivery.failed',
    newMessageId: () => 'msg_2',
    webhookUid: 'plugin::event-webhooks.webhook',
    adminUrl: () => 'https://cms.example.com/admin',
    now: () => Date.parse('2026-11-29T10:00:00Z'),
  });
  beforeEach(() => {
    isWanted = true;
  });

  it('is told with what failed, why, and where it is seen; about the webhook that does not get it', () => {
    const told = event(delivery, outcome);
    expect(told).toMatchObject({
      uid: 'plugin::event-webhooks.webhook',
      documentId: '3',
      messageId: 'msg_2',
    });
    expect(JSON.parse(told?.body ?? '')).toEqual({
      type: 'delivery.failed',
      timestamp: '2026-11-29T10:00:00.000Z',
      data: {
        delivery_id: 7,
        message_id: 'msg_1',
        event_type: 'article.published',
        webhook_id: 3,
        webhook_name: 'Shop',
        webhook_host: 'shop.example.com',
        http_status: 404,
        code: 'http_404',
        cause: 'shop.example.com responds, but this URL does not exist there.',
        attempts: 3,
        entry_uid: 'api::article.article',
        entry_document_id: 'abc',
        manage_url: 'https://cms.example.com/admin/plugins/event-webhooks/deliveries?delivery=7',
      },
    });
  });

  it('is not told while another attempt follows, or of tests, or where nobody is subscribed', () => {
    for (const state of ['pending', 'succeeded', 'cancelled'] as const)
      expect(event(delivery, { ...outcome, state })).toBeNull();
    expect(event({ ...delivery, test: true }, outcome)).toBeNull();
    isWanted = false;
    expect(event(delivery, outcome)).toBeNull();
  });

  it('is not told of news about webhooks: two that fail would tell of each other without end', () => {
    for (const eventType of ['delivery.failed', 'webhook.failing', 'webhook.away'])
      expect(event({ ...delivery, eventType }, outcome)).toBeNull();
  });
});
