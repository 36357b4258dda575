import type { ReplayWhich } from '../../../../contracts';
import { useText } from '../../text/useText';
import { RadioField } from '../../ui/RadioField';

const choices = {
  filter: ['not_arrived', 'all'],
  since: ['not_arrived', 'skipped'],
} as const satisfies Record<string, readonly ReplayWhich[]>;

interface ChoiceOfWhichProps {
  source: keyof typeof choices;
  value: ReplayWhich;
  onChange: (which: ReplayWhich) => void;
}

/** Of the matching deliveries: only those that were not delivered, or more. */
export function ChoiceOfWhich({ source, value, onChange }: ChoiceOfWhichProps) {
  const { t } = useText();
  return (
    <RadioField
      label={t('replay.which')}
      choices={choices[source].map((which) => ({ value: which, label: t(`replay.which.${which}`) }))}
      value={value}
      onChange={onChange}
    />
  );
}
