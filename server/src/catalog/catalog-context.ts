import type { UID } from '@strapi/strapi';
import type { ContentModel, ContentModels } from './content-model';
import type { ContentTypeChoice } from './content-type-names';
import type { Entry, Links, StoredEvent } from './types';

export interface CatalogInput {
  /** `strapi.contentTypes`, by uid. */
  contentTypes: { readonly [Uid in UID.ContentType]: ContentModel };
  /** `strapi.components`, by uid. */
  components: { readonly [Uid in UID.Component]: ContentModel };
  config: {
    presets?: { network?: unknown };
    /** Business events, mapped (with `contentType`) or by code (with `schema` and `sample`). */
    events?: readonly unknown[];
    contentTypes?: ContentTypeChoice;
  };
  /** For links in the samples; an example if not given. */
  links?: Links;
  /** The base of file URLs, without trailing slash; unchanged URLs if not given. */
  fileBase?: string;
  /** Whether file URLs are signed here: payloads with files are then built at matching. */
  signsFiles?: () => boolean;
  /** Values of `strapi.get('webhookStore').allowedEvents`, other plugins' among them. */
  allowedHubEvents?: readonly string[];
  /** `api.responses.privateAttributes` of the app. */
  privateAttributes?: readonly string[];
  /** Declared by the app's code before the catalog is built, written as in `config.events`. */
  declared?: readonly unknown[];
  /** Made on the screen, as they are stored. */
  stored?: readonly StoredEvent[];
}

/** What declarations are checked against, and events built with. */
export interface CatalogContext {
  input: CatalogInput;
  models: ContentModels;
  /** Segment of the content types' own events, by uid. */
  names: ReadonlyMap<string, string>;
  links: Links;
  signsFiles: () => boolean;
  /** A sample with realistic file URLs. */
  addressed: (entry: Entry, model: ContentModel) => Entry;
}
