import { standardBody } from './standard';

describe('a standard body', () => {
  it('has type, timestamp and data, in this order', () => {
    const body = standardBody({
      timestamp: '2026-01-02T03:04:05.678Z',
      data: { payment: { amount: 1250 } },
      type: 'payment.received',
    } as Parameters<typeof standardBody>[0]);
    expect(body).toBe(
      '{"type":"payment.received","timestamp":"2026-01-02T03:04:05.678Z","data":{"payment":{"amount":1250}}}',
    );
  });

  it('always has data', () => {
    expect(standardBody({ type: 'a.b', timestamp: 't', data: undefined })).toBe(
      '{"type":"a.b","timestamp":"t","data":null}',
    );
  });
});
