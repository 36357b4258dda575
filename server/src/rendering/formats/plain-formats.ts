import type { PayloadFormat } from '../../../../contracts';
import type { HeaderText, RenderInput } from '../types';
import { cloudEvent } from './cloudevents';
import { flatBody } from './flat';
import { strapiBody } from './strapi';
import { thinBody } from './thin';

/** A body, and what its format says about the request. */
export interface FormattedBody {
  body: string;
  contentType: string;
  headers: readonly HeaderText[];
}

const json = (body: string): FormattedBody => ({ body, contentType: 'application/json', headers: [] });

/** The body in one of the formats that need no template. */
export function formatted(format: Exclude<PayloadFormat, 'template'>, input: RenderInput): FormattedBody {
  switch (format) {
    case 'standard':
      return json(input.body);
    case 'flat':
      return json(flatBody(input));
    case 'thin':
      return json(thinBody(input));
    case 'cloudevents':
      return { ...json(cloudEvent(input)), contentType: 'application/cloudevents+json' };
    case 'strapi': {
      const { event, body } = strapiBody(input);
      return { ...json(body), headers: [{ name: 'X-Strapi-Event', value: event }] };
    }
  }
}
