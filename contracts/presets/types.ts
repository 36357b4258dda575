import type { BodyType, PayloadFormat } from '../sending';
import type { Collapse } from '../webhook-input';

export const presetGroups = ['tell', 'start', 'site', 'sync'] as const;
/** Tell people, start something, bring a site up to date, keep something in step. */
export type PresetGroup = (typeof presetGroups)[number];

/** Keys of their texts. */
export const presetGroupTexts: Readonly<Record<PresetGroup, string>> = {
  tell: 'preset.group.tell',
  start: 'preset.group.start',
  site: 'preset.group.site',
  sync: 'preset.group.sync',
};

/** A URL is recognised by its host, its path, or both. */
export interface UrlPattern {
  host?: RegExp;
  path?: RegExp;
  /** Key of a text: what is wrong with a URL like this, although it belongs to the service. */
  warning?: string;
}

/** Something that the form asks for. `label` and `hint` are keys of texts. */
export interface PresetField {
  /** Of secrets also their name in the template. */
  name: string;
  /** `message`: a longer Liquid text, with fields of the entry; `liquid`: a short one; `secret`: write-only. */
  kind: 'message' | 'liquid' | 'secret';
  label: string;
  hint: string | null;
  example: string;
  default: string;
  required: boolean;
}

/** Where the webhook sends. */
export type PresetAddress =
  /** The URL is pasted. With `pathField` its path is the value of that field instead. */
  | { kind: 'pasted'; label: string; hint: string; example: string; pathField?: string }
  /** The URL is made of parts, which are asked for: `https://api.github.com/repos/{repository}/dispatches`. */
  | { kind: 'built'; url: string; parts: readonly PresetPart[] };

/** A part of a URL that is built. */
export interface PresetPart {
  name: string;
  label: string;
  hint: string | null;
  example: string;
  pattern: RegExp;
}

/** Liquid, in which `«message»` is what was entered in the field `message`. */
export interface PresetTemplate {
  method: string;
  path?: string;
  query?: readonly { name: string; value: string }[];
  bodyType: BodyType;
  body?: string;
}

export interface PresetHeader {
  name: string;
  value: string;
  /** Left out unless this field is filled in. */
  needs?: string;
}

/** A target of webhooks: what fills the form in. Afterwards it is an ordinary webhook. */
export interface Preset {
  id: string;
  /** The name of the product, which is not translated. */
  name: string;
  group: PresetGroup;
  /** Key of one line: what it does. */
  description: string;
  urls: readonly UrlPattern[];
  address: PresetAddress;
  /** Whether knowing the URL is enough to send to it; null: as for any other URL. */
  urlSecret: boolean | null;
  fields: readonly PresetField[];
  /** Subscriptions that suit it. */
  events: readonly string[];
  format: PayloadFormat;
  /** Of the format `template`. */
  template: PresetTemplate | null;
  headers: readonly PresetHeader[];
  rateLimit: { count: number; seconds: number } | null;
  collapse: Collapse | null;
  /** Of the target: how long the message may be, and how large the body. */
  limits: { messageLength?: number; bodyBytes?: number };
}
