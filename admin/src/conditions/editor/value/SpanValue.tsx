import { NumberInput, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { styled } from 'styled-components';
import { spanUnits, type TimeSpan } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import type { EditorFrame } from './editor-frame';

interface SpanValueProps extends EditorFrame {
  value: TimeSpan;
  onChange: (value: TimeSpan) => void;
}

/** "7 days". */
export function SpanValue({ value, onChange, label, disabled, hasError, describedBy }: SpanValueProps) {
  const { t } = useText();
  return (
    <Pair>
      <NumberInput
        aria-label={t('only_when.value.count', { label })}
        aria-describedby={describedBy}
        disabled={disabled}
        hasError={hasError}
        value={value.count || undefined}
        onValueChange={(count) => onChange({ ...value, count: count ?? 0 })}
      />
      <SingleSelect
        aria-label={t('only_when.value.unit', { label })}
        disabled={disabled}
        value={value.unit}
        onChange={(chosen) =>
          onChange({ ...value, unit: spanUnits.find((unit) => unit === chosen) ?? value.unit })
        }
      >
        {spanUnits.map((unit) => (
          <SingleSelectOption key={unit} value={unit}>
            {t(`only_when.unit.${unit}`, { count: value.count })}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Pair>
  );
}

export const Pair = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  gap: 0.8rem;
`;
