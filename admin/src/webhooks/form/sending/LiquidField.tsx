import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { TemplateProblem } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { WarningLine } from '../../../ui/WarningLine';
import { useWebhookForm } from '../useWebhookForm';

interface LiquidFieldProps {
  /** `path`, `query.0.value`: where in the template it stands. */
  path: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  problems: readonly TemplateProblem[];
  placeholder?: string;
}

/** One line with Liquid in it. */
export function LiquidField({ path, label, hint, value, onChange, problems, placeholder }: LiquidFieldProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  const { error } = useField(`template.${path}`);
  const problem = firstProblem(problems.filter((candidate) => candidate.path === path));
  const found =
    problem &&
    (problem.column === null
      ? problem.message
      : t('sending.problem.at_column', { column: problem.column, message: problem.message }));
  const mistake = problem?.warning ? undefined : found;
  return (
    <Field.Root
      name={`template.${path}`}
      error={mistake ?? (typeof error === 'string' ? error : undefined)}
      {...(hint !== undefined && { hint })}
      flex="1"
      minWidth="14rem"
    >
      <Field.Label>{label}</Field.Label>
      <MonoInput
        value={value}
        disabled={disabled}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <Field.Error />
      {problem?.warning && <WarningLine>{found}</WarningLine>}
      <Field.Hint />
    </Field.Root>
  );
}

/** A mistake before what may be meant so. */
const firstProblem = (found: readonly TemplateProblem[]): TemplateProblem | undefined =>
  found.find(({ warning }) => !warning) ?? found[0];

const MonoInput = styled(TextInput)`
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
`;
