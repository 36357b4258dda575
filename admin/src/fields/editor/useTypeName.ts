import type { FieldModelAttribute } from '../../../../contracts';
import { useText, type TextId } from '../../text/useText';

const texts: Record<string, TextId> = {
  string: 'fields.type.text',
  text: 'fields.type.long_text',
  richtext: 'fields.type.rich_text',
  blocks: 'fields.type.rich_text',
  email: 'fields.type.email',
  uid: 'fields.type.uid',
  integer: 'fields.type.number',
  biginteger: 'fields.type.number',
  decimal: 'fields.type.number',
  float: 'fields.type.number',
  boolean: 'fields.type.boolean',
  date: 'fields.type.date',
  time: 'fields.type.time',
  datetime: 'fields.type.datetime',
  timestamp: 'fields.type.datetime',
  enumeration: 'fields.type.enumeration',
  json: 'fields.type.json',
  relation: 'fields.type.relation',
  media: 'fields.type.media',
  component: 'fields.type.component',
  dynamiczone: 'fields.type.dynamiczone',
};

/** What the type of a field is called; that of a custom field as it is. */
export function useTypeName(): (attribute: FieldModelAttribute) => string {
  const { t } = useText();
  return ({ type }) => {
    const id = Object.hasOwn(texts, type) ? texts[type] : undefined;
    return id ? t(id) : type;
  };
}
