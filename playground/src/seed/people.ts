import type { Colour } from './pictures';

export interface Person {
  name: string;
  email: string;
  /** Name of the end user's account, where the customer has one. */
  account?: string;
  emailVerification: 'none' | 'pending' | 'verified';
  colours: readonly [from: Colour, to: Colour];
  billingAddress: {
    companyName: string;
    billingEmail: string;
    addressLine1: string;
    addressLine2?: string;
    city: string;
    state?: string;
    zipCode: string;
    country: string;
  };
  internalNotes?: string;
}

/** The customers, in the order in which they came. The addresses are invented; `example.*` receives no mail. */
export const people: readonly Person[] = [
  {
    name: 'Олена Ковальчук',
    email: 'olena.kovalchuk@example.com',
    account: 'olena',
    emailVerification: 'verified',
    colours: [
      [0, 87, 183],
      [255, 215, 0],
    ],
    billingAddress: {
      companyName: 'Студія «Калина»',
      billingEmail: 'rahunky@kalyna.example',
      addressLine1: 'вул. Антоновича, 48',
      addressLine2: 'оф. 12',
      city: 'Київ',
      zipCode: '03150',
      country: 'UA',
    },
    internalNotes: 'Prefers invoices on the first working day.',
  },
  {
    name: 'Amara Okafor',
    email: 'amara.okafor@example.com',
    account: 'amara',
    emailVerification: 'verified',
    colours: [
      [0, 122, 94],
      [250, 192, 94],
    ],
    billingAddress: {
      companyName: 'Okafor & Daughters Textiles',
      billingEmail: 'accounts@okafor.example',
      addressLine1: '14 Adeola Odeku Street',
      city: 'Lagos',
      state: 'Lagos',
      zipCode: '101241',
      country: 'NG',
    },
  },
  {
    name: 'Тарас Мельник',
    email: 'taras.melnyk@example.com',
    account: 'taras',
    emailVerification: 'verified',
    colours: [
      [86, 28, 36],
      [232, 170, 66],
    ],
    billingAddress: {
      companyName: 'Пекарня «Житній дім»',
      billingEmail: 'buh@zhytnii-dim.example',
      addressLine1: 'вул. Личаківська, 7',
      city: 'Львів',
      zipCode: '79008',
      country: 'UA',
    },
  },
  {
    name: "Liam O'Connor",
    email: 'liam.oconnor@example.com',
    emailVerification: 'verified',
    colours: [
      [22, 101, 52],
      [187, 247, 208],
    ],
    billingAddress: {
      companyName: 'Connemara Walks',
      billingEmail: 'liam@connemara-walks.example',
      addressLine1: '3 Quay Street',
      city: 'Galway',
      zipCode: 'H91 X7T3',
      country: 'IE',
    },
  },
  {
    name: 'Sofía Hernández Ruiz',
    email: 'sofia.hernandez@example.com',
    account: 'sofia',
    emailVerification: 'verified',
    colours: [
      [190, 24, 93],
      [253, 186, 116],
    ],
    billingAddress: {
      companyName: 'Talleres Hernández',
      billingEmail: 'facturas@talleres-hernandez.example',
      addressLine1: 'Calle Colón 21',
      addressLine2: '3º B',
      city: 'Valencia',
      state: 'Valencia',
      zipCode: '46004',
      country: 'ES',
    },
  },
  {
    name: 'Ірина Бондаренко',
    email: 'iryna.bondarenko@example.com',
    account: 'iryna',
    emailVerification: 'pending',
    colours: [
      [67, 56, 202],
      [165, 180, 252],
    ],
    billingAddress: {
      companyName: 'Бондаренко Право',
      billingEmail: 'office@bondarenko.example',
      addressLine1: 'просп. Науки, 14',
      city: 'Харків',
      zipCode: '61166',
      country: 'UA',
    },
    internalNotes: 'Verification letter was sent twice.',
  },
  {
    name: 'Jonas Müller',
    email: 'jonas.mueller@example.com',
    emailVerification: 'verified',
    colours: [
      [30, 41, 59],
      [148, 163, 184],
    ],
    billingAddress: {
      companyName: 'Müller Fahrräder GmbH',
      billingEmail: 'rechnung@mueller-raeder.example',
      addressLine1: 'Karl-Marx-Allee 91',
      city: 'Berlin',
      zipCode: '10243',
      country: 'DE',
    },
  },
  {
    name: '田中 結衣',
    email: 'yui.tanaka@example.com',
    emailVerification: 'verified',
    colours: [
      [185, 28, 28],
      [254, 226, 226],
    ],
    billingAddress: {
      companyName: 'Tanaka Ceramics',
      billingEmail: 'yui@tanaka-ceramics.example',
      addressLine1: '2-11-3 Gojozaka',
      city: 'Kyoto',
      zipCode: '605-0846',
      country: 'JP',
    },
  },
  {
    name: 'Priya Natarajan',
    email: 'priya.natarajan@example.com',
    account: 'priya',
    emailVerification: 'verified',
    colours: [
      [180, 83, 9],
      [253, 230, 138],
    ],
    billingAddress: {
      companyName: 'Natarajan School of Dance',
      billingEmail: 'priya@natarajan-dance.example',
      addressLine1: '27 Kutchery Road',
      addressLine2: 'Mylapore',
      city: 'Chennai',
      state: 'Tamil Nadu',
      zipCode: '600004',
      country: 'IN',
    },
  },
  {
    name: 'Андрій Гончаренко',
    email: 'andrii.honcharenko@example.com',
    emailVerification: 'none',
    colours: [
      [8, 145, 178],
      [207, 250, 254],
    ],
    billingAddress: {
      companyName: 'ФОП Гончаренко А. В.',
      billingEmail: 'andrii@honcharenko.example',
      addressLine1: 'вул. Дерибасівська, 3',
      city: 'Одеса',
      zipCode: '65026',
      country: 'UA',
    },
  },
  {
    name: 'Grace Thompson',
    email: 'grace.thompson@example.com',
    emailVerification: 'verified',
    colours: [
      [88, 28, 135],
      [233, 213, 255],
    ],
    billingAddress: {
      companyName: 'Thompson Veterinary',
      billingEmail: 'billing@thompson-vet.example',
      addressLine1: '1420 Alder Street',
      city: 'Portland',
      state: 'OR',
      zipCode: '97205',
      country: 'US',
    },
  },
  {
    name: 'Aïcha Benali',
    email: 'aicha.benali@example.com',
    emailVerification: 'verified',
    colours: [
      [15, 118, 110],
      [153, 246, 228],
    ],
    billingAddress: {
      companyName: 'Librairie Benali',
      billingEmail: 'contact@librairie-benali.example',
      addressLine1: '8 rue de la République',
      city: 'Marseille',
      zipCode: '13001',
      country: 'FR',
    },
  },
];
