import { maxEventTypeLength, type BusinessEventSubject } from '../../../../contracts';

/** Ukrainian as its official romanisation has it (resolution 55 of 2010, without its rules for beginnings), and what other Cyrillic has beside it. */
const latin: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: 'iu',
  я: 'ia',
  ы: 'y',
  э: 'e',
  ё: 'e',
  ъ: '',
  ў: 'u',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};

/** `Оплачено повністю` → `oplacheno_povnistiu`. */
function segmentOf(name: string): string {
  const letters = [...name.toLowerCase().normalize('NFC')].map((letter) => latin[letter] ?? letter).join('');
  return letters
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’'ʼ]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/**
 * The type that is proposed for a name: `Order Paid` of orders is `order.paid`. Empty while there is nothing to make it of.
 */
export function proposedType(name: string, subject: BusinessEventSubject | undefined): string {
  if (!subject) return '';
  const words = segmentOf(name);
  const [first = ''] = subject.typeName.split('.').slice(-1);
  // The content type stands in it already.
  const said = [first, segmentOf(subject.name)].find((word) => word !== '' && words.startsWith(`${word}_`));
  const happening = said === undefined ? words : words.slice(said.length + 1);
  if (happening === '') return '';
  return `${subject.typeName}.${happening}`.slice(0, maxEventTypeLength).replace(/[._]+$/, '');
}
