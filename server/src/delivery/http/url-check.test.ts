import { compileAddressPolicy } from './address-guard';
import { createUrlCheck } from './url-check';

const checkOf = (addresses: string[]) =>
  createUrlCheck({
    guard: compileAddressPolicy({ allow: [], allowPrivate: false }),
    isInbox: () => false,
    resolve: async () => addresses,
  });

describe('a name that leads inside', () => {
  it('is refused, and which address or range it is is told by nothing', async () => {
    const inside = [
      ['10.1.2.3'],
      ['127.0.0.1'],
      ['169.254.169.254'],
      ['fd00::7'],
      ['8.8.8.8', '192.168.7.1'],
    ];
    const answers = await Promise.all(
      inside.map((addresses) => checkOf(addresses)('https://payroll.corp.example/hook')),
    );
    expect(answers[0]).toMatchObject({ ok: false, rule: 'address', host: 'payroll.corp.example' });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.reason).toMatch(/private or special address.*addresses\.allow/);
  });

  it('an address that was typed is told with its rule', async () => {
    const { reason } = await checkOf([])('https://10.1.2.3/hook');
    expect(reason).toMatch(/^leads to 10\.1\.2\.3, which is not allowed to be called \(private\)/);
  });
});

describe('an address that no configuration opens', () => {
  it('is not said to be a matter of the configuration', async () => {
    const { ok, reason } = await checkOf([])('http://169.254.169.254/latest/meta-data');
    expect([ok, reason]).toEqual([
      false,
      'leads to 169.254.169.254, which is never called (metadata), whatever the configuration says',
    ]);
  });
});
