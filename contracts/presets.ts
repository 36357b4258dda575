import { parseUrl } from './address';
import { algolia } from './presets/algolia';
import { cloudflarePages } from './presets/cloudflare-pages';
import { cloudflarePurge } from './presets/cloudflare-purge';
import { discord } from './presets/discord';
import { fastlyPurge } from './presets/fastly-purge';
import { github } from './presets/github';
import { graphql } from './presets/graphql';
import { make } from './presets/make';
import { meilisearch } from './presets/meilisearch';
import { n8n } from './presets/n8n';
import { netlify } from './presets/netlify';
import { nextjs } from './presets/nextjs';
import { ntfy } from './presets/ntfy';
import { pipedream } from './presets/pipedream';
import { plain } from './presets/plain';
import { slack } from './presets/slack';
import { teams } from './presets/teams';
import type { Preset } from './presets/types';
import { typesense } from './presets/typesense';
import { vercel } from './presets/vercel';
import { zapier } from './presets/zapier';

export { fillPreset, presetProblems } from './presets/fill';
export type { FilledPreset, PresetAnswers } from './presets/fill';
export { presetGroupTexts, presetGroups } from './presets/types';
export type { Preset, PresetAddress, PresetField, PresetGroup, PresetPart } from './presets/types';

/** All targets, in the order in which they are shown. */
export const presets: readonly Preset[] = [
  ...[slack, discord, teams, ntfy],
  ...[zapier, n8n, make, pipedream, github],
  ...[netlify, vercel, cloudflarePages, nextjs],
  ...[algolia, meilisearch, typesense, cloudflarePurge, fastlyPurge, graphql, plain],
];

export const presetById = (id: string): Preset | undefined => presets.find((preset) => preset.id === id);

/** A preset that a URL belongs to, and the key of a warning if a URL like this will not work. */
export interface RecognisedPreset {
  preset: Preset;
  warning: string | null;
}

/** The preset of a pasted URL; null if it belongs to no known service. */
export function presetFor(text: string): RecognisedPreset | null {
  const url = parseUrl(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  for (const preset of presets) {
    const found = preset.urls.find(
      ({ host, path }) => (host?.test(url.hostname) ?? true) && (path?.test(url.pathname) ?? true),
    );
    if (found) return { preset, warning: found.warning ?? null };
  }
  return null;
}
