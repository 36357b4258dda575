import { Field, Radio } from '@strapi/design-system';

interface RadioFieldProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  disabled?: boolean;
}

/** One of a few, each in sight. */
export function RadioField<Value extends string>({
  label,
  choices,
  value,
  onChange,
  disabled = false,
}: RadioFieldProps<Value>) {
  return (
    <Field.Root>
      <Field.Label>{label}</Field.Label>
      <Radio.Group
        aria-label={label}
        value={value}
        disabled={disabled}
        onValueChange={(text) => {
          const chosen = choices.find((choice) => choice.value === text);
          if (chosen) onChange(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <Radio.Item key={choice.value} value={choice.value}>
            {choice.label}
          </Radio.Item>
        ))}
      </Radio.Group>
    </Field.Root>
  );
}
