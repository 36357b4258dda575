import { requestHeaders } from './request-headers';

const input = {
  id: 'msg_1',
  timestampSeconds: 1614265330,
  signature: 'v1,abc',
  test: false,
  custom: [],
  contentType: 'application/json',
  version: '0.1.0',
};

describe('the headers of a request', () => {
  it('are those of Standard Webhooks', () => {
    expect(requestHeaders(input)).toEqual({
      'content-type': 'application/json',
      'user-agent': 'Strapi-Event-Webhooks/0.1.0',
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,abc',
    });
  });

  it('name no content type where there is no body', () => {
    expect(requestHeaders({ ...input, contentType: null })).not.toHaveProperty('content-type');
  });

  it('say so of a test event', () => {
    expect(requestHeaders({ ...input, test: true })).toMatchObject({ 'webhook-test': 'true' });
  });

  it('hold the custom ones, spelled as they were saved', () => {
    const custom = [{ name: 'X-Api-Key', value: 'key' }];
    expect(requestHeaders({ ...input, custom })).toMatchObject({ 'X-Api-Key': 'key' });
  });

  it('cannot be overridden by custom ones, in any spelling', () => {
    const names = ['Webhook-Id', 'WEBHOOK-SIGNATURE', 'webhook-test', 'Content-Type', 'User-Agent', 'Host'];
    const custom = names.map((name) => ({ name, value: 'forged' }));
    expect(requestHeaders({ ...input, custom })).toEqual(requestHeaders(input));
  });
});
