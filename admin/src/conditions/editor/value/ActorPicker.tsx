import { actorTypes, type ActorChoice } from '../../../../../contracts';
import { useText, type Texts } from '../../../text/useText';
import type { EditorFrame } from './editor-frame';
import { TagPicker, type PickerChoice } from './TagPicker';

interface ActorPickerProps extends EditorFrame {
  /** Those that can be chosen by name. */
  actors: readonly ActorChoice[];
  value: readonly ActorChoice[];
  onChange: (value: ActorChoice[]) => void;
}

const keyOf = ({ type, id }: ActorChoice): string => `${type} ${id ?? ''}`;

/** Somebody with the type in front, anybody of a type without a name. */
export function actorName({ type, id, name }: ActorChoice, t: Texts['t']): string {
  return id === null ? t(`only_when.actor.any_${type}`) : t(`only_when.actor.${type}`, { name: name ?? id });
}

/** Who made the change: tokens and administrators by name, and anybody of a type. */
export function ActorPicker({ actors, value, onChange, describedBy, ...frame }: ActorPickerProps) {
  const { t } = useText();
  const named = actors.filter(({ id }) => id !== null);
  const anybody = actorTypes.map((type): ActorChoice => ({ type, id: null, name: null }));
  const choiceOf = (actor: ActorChoice): PickerChoice => ({
    value: keyOf(actor),
    label: actorName(actor, t),
    group: actor.id === null ? t('only_when.actor.others') : t(`only_when.actor.group_${actor.type}`),
  });
  // Who is stored but may not be seen, or is gone, stays among them.
  const known = new Map([...named, ...anybody, ...value].map((actor) => [keyOf(actor), actor]));
  const ordered = [...named].sort((a, b) => a.type.localeCompare(b.type));
  const rest = value.filter((actor) => !ordered.some((other) => keyOf(other) === keyOf(actor)));
  const offered = new Map(
    [...ordered, ...rest.filter(({ id }) => id !== null), ...anybody].map((actor) => [keyOf(actor), actor]),
  );

  return (
    <TagPicker
      {...frame}
      {...(describedBy !== undefined && { describedBy })}
      choices={[...offered.values()].map(choiceOf)}
      placeholder={t('only_when.value.find_actor')}
      value={value.map(keyOf)}
      onChange={(keys) => onChange(keys.flatMap((key) => known.get(key) ?? []))}
    />
  );
}
