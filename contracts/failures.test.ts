import { failureCodes, wasRequested } from './failures';

it('a request was made only where a connection stood', () => {
  const made = failureCodes.filter(wasRequested);
  expect(
    made.filter((code) =>
      /^(dns|tls|connect_|connection_refused|network|proxy|address|invalid_url)/.test(code),
    ),
  ).toEqual([]);
  expect(made).toEqual(
    expect.arrayContaining(['timeout', 'connection_reset', 'http_401', 'http_5xx', 'redirect']),
  );
  expect(wasRequested(null)).toBe(true);
});
