import { Field, Radio } from '@strapi/design-system';
import type { ReplayWhich } from '../../../../contracts';
import { useText } from '../../hooks/useText';

const choices = {
  filter: ['not_arrived', 'all'],
  since: ['not_arrived', 'skipped'],
} as const satisfies Record<string, readonly ReplayWhich[]>;

interface ChoiceOfWhichProps {
  source: keyof typeof choices;
  value: ReplayWhich;
  onChange: (which: ReplayWhich) => void;
}

/** Of what is found: only what did not arrive, or more. */
export function ChoiceOfWhich({ source, value, onChange }: ChoiceOfWhichProps) {
  const { t } = useText();
  return (
    <Field.Root>
      <Field.Label>{t('replay.which')}</Field.Label>
      <Radio.Group
        aria-label={t('replay.which')}
        value={value}
        onValueChange={(chosen) =>
          onChange(choices[source].find((which) => which === chosen) ?? 'not_arrived')
        }
      >
        {choices[source].map((which) => (
          <Radio.Item key={which} value={which}>
            {t(`replay.which.${which}`)}
          </Radio.Item>
        ))}
      </Radio.Group>
    </Field.Root>
  );
}
