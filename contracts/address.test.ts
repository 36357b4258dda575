import { isSecretAddress, isShownAddress, originOf, sameOrigin, shownAddress } from './address';
import { urlProblem } from './webhook-input';

describe('the origin of an address', () => {
  it('is found also when it has been asked for often', () => {
    // Node.js compiles what runs often, and its URL.canParse is wrong from then on.
    const asked = Array.from({ length: 20_000 }, () => originOf('https://bücher.example/'));
    expect(new Set(asked)).toEqual(new Set(['https://xn--bcher-kva.example']));
  });

  it.each([
    ['the port of its scheme', 'https://a.example/x', 'https://a.example:443/y'],
    ['upper case', 'HTTPS://A.Example/x', 'https://a.example/'],
    ['punycode', 'https://bücher.example/', 'https://xn--bcher-kva.example/x'],
    ['another spelling of an IP address', 'http://127.0.0.1:81/', 'http://0x7f.1:81/'],
    ['what is shown in place of it', 'https://a.example:8443/x?y=z', 'https://a.example:8443/••••'],
  ])('is the same with %s', (_name, a, b) => {
    expect(sameOrigin(a, b)).toBe(true);
  });

  it.each([
    ['scheme', 'https://a.example/', 'http://a.example/'],
    ['port', 'https://a.example/', 'https://a.example:8443/'],
    ['subdomain', 'https://a.example/', 'https://b.a.example/'],
    ['ending', 'https://a.example/', 'https://a.example.evil.test/'],
    ['dot at the end', 'https://a.example/', 'https://a.example./'],
    ['user name that looks like it', 'https://a.example/', 'https://a.example@evil.test/'],
    ['letter that looks like it', 'https://a.example/', 'https://а.example/'],
  ])('is another with another %s', (_name, a, b) => {
    expect(sameOrigin(a, b)).toBe(false);
  });

  it('is none of what is no URL, which leads nowhere', () => {
    expect(originOf('nonsense')).toBeNull();
    expect(sameOrigin('nonsense', 'nonsense')).toBe(false);
  });
});

describe('an address that is a secret', () => {
  it.each([
    'https://hooks.slack.com/services/T000/B000/XXXX',
    'https://HOOKS.slack.com./services/T000/B000/XXXX',
    'https://discord.com/api/webhooks/123/abc',
    'https://canary.discord.com/api/v10/webhooks/123/abc',
    'https://api.netlify.com/build_hooks/5f0',
    'https://api.vercel.com/v1/integrations/deploy/prj_1/abc',
    'https://api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks/1-2-3',
    'https://hooks.zapier.com/hooks/catch/1/abc/',
    'https://hook.eu2.make.com/abc',
    'https://contoso.webhook.office.com/webhookb2/x',
    'https://prod-1.westus.logic.azure.com:443/workflows/x/triggers/manual',
    'https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t',
    'https://api.telegram.org/bot123:ABC/sendMessage',
    'https://maker.ifttt.com/trigger/a/with/key/b',
    'https://me.app.n8n.cloud/webhook/1-2-3',
    'https://chat.example.com/hooks/4xy7szktofnafd8kmq5ahx1gbr',
    'https://ci.example.com/build?token=abc',
  ])('is known by its host or by what it says: %s', (url) => {
    expect(isSecretAddress(url)).toBe(true);
  });

  it.each([
    'https://crm.example.com/hook',
    'https://hooks.slack.com.evil.test/services/T/B/X',
    'https://discord.com/channels/1',
    'https://api.netlify.com/api/v1/sites',
    'https://example.com/hooks/strapi',
    'https://example.com/hooks/content-was-published',
    'https://example.com/hook?token=',
    'nonsense',
  ])('is not every address: %s', (url) => {
    expect(isSecretAddress(url)).toBe(false);
  });

  it('is shown as its host, and what is shown is told from an address', () => {
    const shown = shownAddress('https://hooks.slack.com:8443/services/T/B/X?y=z#w');
    expect(shown).toBe('https://hooks.slack.com:8443/••••');
    expect(isShownAddress(shown)).toBe(true);
    expect(isShownAddress('HTTPS://Hooks.Slack.com/%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2')).toBe(true);
    expect(isShownAddress('https://hooks.slack.com/services')).toBe(false);
    expect(isShownAddress('nonsense')).toBe(false);
  });

  it.each([
    'https://hooks.slack.com/••••/T0AB/B0CD',
    'https://hooks.slack.com/services••••',
    'https://hooks.slack.com/%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2x',
  ])(
    'what is shown and was typed into is refused, so that it takes the place of no stored address: %s',
    (url) => {
      expect(urlProblem(url)).toBe('is shown only in part; enter the full URL');
      expect(urlProblem('https://hooks.slack.com/••••')).toBeNull();
    },
  );
});
