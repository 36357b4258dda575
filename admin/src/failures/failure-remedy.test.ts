import type { HttpExchange } from '../../../contracts';
import { failurePlaces, redirectTarget } from './failure-remedy';

describe('where a failure is mended', () => {
  it.each([
    ['http_404', 404, ['url']],
    ['http_410', 410, ['url']],
    ['redirect', 301, ['url']],
    ['dns_not_found', null, ['url']],
    ['http_401', 401, ['secret', 'headers']],
    ['http_403', 403, ['headers', 'secret']],
    ['timeout', null, ['delivery']],
    ['template_failed', null, ['sending']],
    ['http_400', 400, ['sending']],
    ['http_4xx', 422, ['sending']],
  ] as const)('%s has its place in the form', (code, status, places) => {
    expect(failurePlaces({ code, status })).toEqual(places);
  });

  it.each([
    ['http_5xx', 500],
    ['http_429', 429],
    ['connection_reset', null],
  ] as const)('%s is no matter of the form', (code, status) => {
    expect(failurePlaces({ code, status })).toEqual([]);
  });
});

describe('where a redirect leads', () => {
  const answer = (
    location: string | null,
    status = 301,
    url = 'https://old.example.com/hook',
  ): HttpExchange => ({
    request: { method: 'POST', url, headers: {}, body: '' },
    response: {
      ...{ status, statusText: '', body: '', truncated: false },
      headers: location === null ? {} : { location },
    },
  });

  it('is the address that the answer names, complete', () => {
    expect(redirectTarget(answer('https://new.example.com/hook'))).toBe('https://new.example.com/hook');
    expect(redirectTarget(answer('/hooks/2'))).toBe('https://old.example.com/hooks/2');
  });

  it.each([
    ['there is none', answer(null)],
    ['it is no redirect', answer('https://new.example.com/', 201)],
    ['it is no address of HTTP', answer('javascript:alert(1)')],
    ['it is not readable', answer('http://[')],
    ['the stored address is hidden', answer('https://hooks.slack.com/••••')],
    ['no answer came', { ...answer(null), response: null }],
  ])('is not guessed where %s', (_why, exchange) => {
    expect(redirectTarget(exchange)).toBeNull();
  });
});
