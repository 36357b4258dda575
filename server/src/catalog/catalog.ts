import { coreEntryWithoutAccounts, holdsAccounts, withoutAccounts } from './accounts';
import { assemble, planOf } from './assemble';
import type { CatalogContext, CatalogInput } from './catalog-context';
import { CatalogError } from './catalog-error';
import { conditionSubject } from './condition-fields';
import { actionsOf } from './content-events';
import { isSensitive } from './content-model';
import type { ContentModel, ContentModels } from './content-model';
import { contentTypeNames, mayBeMapped, segment } from './content-type-names';
import type { Declaration } from './declaration';
import { createFieldChoices } from './field-choices';
import { declareAt, declareInCode, declareStored, mappedContext } from './declaring';
import { fitting, misfit, ownersOf, problemOf } from './fitting';
import { storedBuilder } from './mapped-event';
import { withAddresses, withFiles } from './files';
import { missingIn } from './missing-fields';
import { networkPreset } from './presets/network';
import type { Catalog, Links } from './types';

export type { CatalogInput } from './catalog-context';

const exampleLinks: Links = {
  serverUrl: 'https://cms.example.com',
  adminUrl: 'https://cms.example.com/admin',
};

/**
 * All event types of this Strapi. Pure: the same input gives the same catalog. A declaration that cannot be taken is left
 * out, and is among `refused()`: `config.events[2].type: must be lower case with dots, like payment.received`.
 *
 * @throws CatalogError naming each option of a preset that is none, or an invalid one of `config.contentTypes`.
 */
export function createCatalog(input: CatalogInput): Catalog {
  const models = modelsOf(input);
  const names = contentTypeNames(Object.values(input.contentTypes), input.config.contentTypes);
  const context: CatalogContext = {
    ...{ input, models, names, links: input.links ?? exampleLinks },
    signsFiles: input.signsFiles ?? (() => false),
    addressed: (entry, model) =>
      withFiles(entry, model, models, (file) => withAddresses(file, input.fileBase ?? '')),
  };
  /** Accounts give no events unless the site says so, and what it excludes gives none. */
  const mayBeOffered = (uid: string): boolean =>
    mayBeMapped(uid) && !isSensitive(uid) && input.config.contentTypes?.exclude?.includes(uid) !== true;
  const owners = ownersOf(Object.values(input.contentTypes), names);
  const ownerOf = (type: string) => owners.get(type);
  const { network } = input.config.presets ?? {};
  const preset = network === undefined || network === false ? [] : networkPreset(network, context);
  /** Of the configuration and of code. */
  const given = [
    ...(input.config.events ?? []).map((one, index) => declareAt(one, `config.events[${index}]`, context)),
    ...(input.declared ?? []).map((one) => declareInCode(one, context)),
  ];
  const stored = (input.stored ?? []).map((one) => declareStored(one, context));
  // What is made on the screen comes last: it never takes the place of what a deployment declares.
  const fitted = () => fitting([...preset, ...given, ...stored], ownerOf);
  let { declarations, refused } = fitted();
  let content = assemble(declarations, context);
  const isStored = ({ eventType }: Declaration) => eventType.businessEventId !== undefined;
  const byType = (all: readonly Declaration[]) => new Map(all.map((one) => [one.eventType.type, one]));
  const mayHoldAccounts = (type: string): boolean => {
    const shape = content.whole.get(type);
    return shape !== undefined && holdsAccounts(shape);
  };
  return {
    ...createFieldChoices({
      ...{ models, addressed: context.addressed },
      whole: (type) => content.whole.get(type),
      hasOwnFields: (type) => content.ownFields.has(type),
    }),
    list: () => content.list,
    refused: () => refused,
    get: (type) => content.byType.get(type),
    contentEvent: (type) => content.own.get(type),
    plan: (uid) => content.plans.get(uid),
    subject(uid, locales) {
      const model = models.get(uid);
      return model === undefined ? undefined : conditionSubject(model, models, locales);
    },
    subjects: () =>
      Object.values(input.contentTypes)
        .filter((model) => names.has(model.uid) || (mayBeOffered(model.uid) && isShown(model)))
        .map((model) => ({
          uid: model.uid,
          name: model.info.displayName,
          actions: actionsOf(model),
          typeName: names.get(model.uid) ?? segment(model.info.singularName ?? model.modelName),
        })),
    code: (type) => content.code.get(type)?.code,
    get ways() {
      return content.ways;
    },
    affected: (uid) => content.affected.get(uid),
    mayHoldAccounts,
    withoutAccounts(type, data) {
      const shape = content.whole.get(type);
      return shape !== undefined && mayHoldAccounts(type) ? withoutAccounts(data, shape) : null;
    },
    coreEntryWithoutAccounts(uid, entry) {
      const model = models.get(uid);
      return model === undefined ? null : coreEntryWithoutAccounts(entry, model, models);
    },
    tellsWhole: (type) => content.whole.has(type),
    withFiles(uid, entry, change) {
      const model = models.get(uid);
      return model === undefined ? entry : withFiles(entry, model, models, change);
    },
    announced: (hubEvent) => content.announced.get(hubEvent)?.announced,
    built: (uid, payload, entry, links) =>
      storedBuilder(uid, payload, mappedContext('business event', context))(entry, links),
    trial(event, instead) {
      const tried = declareStored(event, context);
      const model = models.get(event.contentType);
      if (!('kind' in tried) || tried.kind !== 'mapped' || model === undefined)
        return { problems: 'problems' in tried ? tried.problems : [], missing: [], made: null };
      const { eventType, mapped } = tried;
      const others = declarations.filter(
        (one) => instead === null || one.eventType.businessEventId !== instead,
      );
      const reason = misfit(tried, byType(others), ownerOf);
      return {
        problems: reason === null ? [] : [`${tried.origin}.type: ${reason}`],
        missing: eventType.declaration ? missingIn(eventType.declaration.payload, model, models) : [],
        made: {
          ...{ eventType, mapped },
          plan: planOf(model, [tried], (type) => type === event.type, context),
        },
      };
    },
    register(declaration) {
      const added = declareInCode(declaration, context);
      if (!('kind' in added)) throw new CatalogError(added.problems);
      const reason = misfit(added, byType(declarations.filter((one) => !isStored(one))), ownerOf);
      // Nothing has changed yet.
      if (reason !== null) throw new CatalogError([problemOf(added, reason)]);
      given.push(added);
      ({ declarations, refused } = fitted());
      content = assemble(declarations, context);
    },
  };
}

/** Whether the content manager shows its entries. */
const isShown = ({ pluginOptions }: ContentModel): boolean =>
  (pluginOptions?.['content-manager'] as { visible?: boolean } | undefined)?.visible !== false;

function modelsOf({ contentTypes, components, privateAttributes = [] }: CatalogInput): ContentModels {
  const all = new Map(
    [...Object.values(components), ...Object.values(contentTypes)].map((model) => [model.uid, model]),
  );
  return { get: (uid) => all.get(uid), privateAttributes };
}
