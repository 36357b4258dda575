import type { Attribute, ContentModel } from './content-model';

/** One small workshop and its owner: samples that belong together are easier to read. */
const person = 'Olena Kovalenko';
const company = 'Kovalenko Ceramics';
const site = 'https://kovalenko.example.com';

const isOfPerson = ({ uid, modelName }: ContentModel): boolean =>
  /user|customer|author|person|people|member$|contact|employee|client|guest|student|teacher|artist/i.test(
    modelName || uid,
  );
const isFile = ({ uid }: ContentModel): boolean => uid === 'plugin::upload.file';

type Text = string | ((model: ContentModel) => string);

/** By the name of the attribute; the first that fits wins, so the narrow ones stand first. */
const texts: readonly [RegExp, Text][] = [
  [/e-?mail/i, 'olena@example.com'],
  [/user_?name|^login$/i, 'olena'],
  [/first_?name|given_?name/i, 'Olena'],
  [/last_?name|family_?name|surname/i, 'Kovalenko'],
  [/company|organi[sz]ation/i, company],
  [/phone|mobile|^tel|fax/i, '+380 44 555 0142'],
  [/admin.?ur[li]/i, `${site}/admin`],
  [/invoice.?ur[li]/i, `${site}/invoices/KC-2026-0417`],
  [/payment.?ur[li]|checkout.?ur[li]/i, `${site}/pay/KC-2026-0417`],
  [/avatar|photo|picture|image|logo|icon|thumbnail|preview_?url/i, `${site}/uploads/blue_mug_4f2c9a.jpg`],
  [
    /ur[li]$|link|website|href|homepage|canonical/i,
    (model) => (isFile(model) ? '/uploads/blue_mug_4f2c9a.jpg' : site),
  ],
  [/domain|host(name)?$/i, 'kovalenko.example.com'],
  [
    /slug|permalink|handle|^path$|folder_?path/i,
    (model) => (/folder/.test(model.modelName) ? '/1' : 'blue-stoneware-mug'),
  ],
  [/^ip|ip_?address/i, '203.0.113.24'],
  [/mime/i, 'image/jpeg'],
  [/^ext/i, '.jpg'],
  [/hash|fingerprint|checksum/i, 'blue_mug_4f2c9a'],
  [/provider/i, 'local'],
  [/alternative_?text|^alt$/i, 'A blue stoneware mug on a wooden table'],
  [/caption/i, 'Blue stoneware mug, 350 ml'],
  [/address_?(line)?_?2|apartment|suite|floor/i, 'Floor 2'],
  [/address|street/i, '12 Ploshcha Rynok'],
  [/city|town/i, 'Lviv'],
  [/state$|region|province|county/i, 'Lviv Oblast'],
  [/zip|postal|post_?code/i, '79008'],
  [/country/i, 'UA'],
  [/currency/i, 'USD'],
  [/locale|language|^lang/i, 'en'],
  [/time_?zone/i, 'Europe/Kyiv'],
  [/colou?r/i, '#4945ff'],
  [/gateway|payment_?method/i, 'stripe'],
  [/reference|sku|code|number|token|key$/i, 'KC-2026-0417'],
  [/message|comment|note|feedback/i, 'Thank you for your order.'],
  [/question/i, 'Can the mug go into the dishwasher?'],
  [/answer/i, 'Yes, at up to 60 °C.'],
  [/quote/i, 'The glaze looks different in every light.'],
  [/description|summary|excerpt|intro|teaser|about|bio|subtitle/i, 'Handmade tableware from Lviv'],
  [/body|content|text|article|story/i, 'Every mug is thrown by hand, glazed in blue and fired twice.'],
  [/^(name|display_?name|full_?name)$/i, nameOf],
  [/title|headline|heading|label|name/i, titleOf],
];

function nameOf(model: ContentModel): string {
  if (isOfPerson(model)) return person;
  if (isFile(model)) return 'blue-mug.jpg';
  return titleOf(model);
}

function titleOf(model: ContentModel): string {
  if (/role/.test(model.modelName)) return 'Authenticated';
  if (/folder/.test(model.modelName)) return 'Product photos';
  if (/site|company|shop|store/.test(model.modelName)) return company;
  if (/categor|tag|topic/.test(model.modelName)) return 'Tableware';
  return 'Blue stoneware mug';
}

/** A realistic text for an attribute of this name, within its length limits; never empty. */
export function sampleText(name: string, attribute: Partial<Attribute>, model: ContentModel): string {
  const found =
    attribute.type === 'email'
      ? 'olena@example.com'
      : texts.find(([pattern]) => pattern.test(snake(name)))?.[1];
  const text = found === undefined ? words(name) : typeof found === 'string' ? found : found(model);
  const written = attribute.type === 'uid' ? slug(text) : attribute.type === 'richtext' ? `${text}\n` : text;
  return fitted(written, attribute);
}

function fitted(text: string, { minLength = 0, maxLength = 10_000 }: Partial<Attribute>): string {
  const cut = text.slice(0, Math.max(1, maxLength)).trimEnd();
  return cut.length < minLength ? cut.padEnd(minLength, 'x') : cut;
}

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** `shippingNote` reads `Shipping note`: better than nothing, and one sees where it comes from. */
function words(name: string): string {
  const text = snake(name).replace(/[_-]+/g, ' ').trim() || 'text';
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'entry';
