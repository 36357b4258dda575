import { createPrivateFiles } from './private-files';

const file = () => ({
  ...{ url: '/a.png', provider: 'bucket', name: 'a' },
  formats: { small: { url: '/small.png', width: 1 }, broken: null },
});

function setUp(
  getSignedUrl: (file: Record<string, unknown>) => unknown,
  isPrivate: () => unknown = () => true,
) {
  const warnings: string[] = [];
  const provider = { getSignedUrl, isPrivate };
  let now = 0;
  const files = createPrivateFiles({
    provider: () => ({ provider, name: 'bucket' }),
    now: () => now,
    warn: (message) => void warnings.push(message),
    limitMs: 40,
    restMs: 1000,
  });
  return { files, warnings, provider, pass: (ms: number) => (now += ms) };
}
const signing = (one: Record<string, unknown>) => Promise.resolve({ url: `${String(one['url'])}?signed` });

describe('addresses of private files', () => {
  it('are signed, with those of all formats, once', async () => {
    const { files } = setUp(signing);
    expect(await files.refresh()).toBe(true);
    const one = file();
    expect(files.waits(one)).toBe(true);
    await files.sign([one]);
    expect(one).toEqual({
      ...file(),
      url: '/a.png?signed',
      formats: { small: { url: '/small.png?signed', width: 1 }, broken: null },
      isUrlSigned: true,
    });
    expect(files.waits(one)).toBe(false);
    expect(files.waits({ ...file(), provider: 'local' })).toBe(false);
  });

  it.each<[string, typeof signing, () => unknown]>([
    ['is not private', signing, () => false],
    ['gives a promise that is refused', signing, () => Promise.reject(new Error('no'))],
    ['does not say', signing, () => undefined],
  ])('are left alone where the provider %s', async (_, sign, isPrivate) => {
    const { files } = setUp(sign, isPrivate);
    expect(await files.refresh()).toBe(false);
    expect(files.waits(file())).toBe(false);
  });

  it.each<[string, (file: Record<string, unknown>) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no key');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no key'))],
    ['gives no address', () => ({})],
    ['fails at a format', (one) => (one['width'] ? Promise.reject(new Error('no key')) : signing(one))],
  ])('stay as they are, all of them, where it %s; said once', async (_, sign) => {
    const { files, warnings } = setUp(sign);
    await files.refresh();
    const two = [file(), file()];
    await files.sign(two);
    for (const one of two) expect(one).toEqual({ ...file(), isUrlSigned: false });
    expect(warnings).toHaveLength(1);
  });

  it('that hang cost their time once; after a rest the provider is asked again', async () => {
    let asked = 0;
    let hangs = true;
    const { files, pass } = setUp((one) => {
      asked += 1;
      return hangs ? new Promise(() => undefined) : signing(one);
    });
    await files.refresh();
    await files.sign([file()]);
    for (let at = 0; at < 5; at += 1) {
      pass(190);
      await files.sign([file()]);
    }
    expect(asked).toBe(1);
    hangs = false;
    pass(100);
    const one = file();
    await files.sign([one]);
    expect(one).toMatchObject({ isUrlSigned: true });
  });
});
