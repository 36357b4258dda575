import { fieldModelsQuery } from '../../../contracts';
import type { FieldsService } from '../screens';
import { action } from './action';
import { listed } from './listed';

export function createFieldsController(service: () => FieldsService) {
  return {
    models: action({ query: fieldModelsQuery }, (_ctx, { query }) => service().models(listed(query.uids))),
  };
}
