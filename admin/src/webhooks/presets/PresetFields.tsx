import { useId } from 'react';
import { Box, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { CheckCircle } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { TemplateProblem } from '../../../../contracts';
import {
  presetFor,
  type Preset,
  type PresetAddress,
  type PresetField,
  type PresetPart,
} from '../../../../contracts/presets';
import { useText } from '../../text/useText';
import { WarningLine } from '../../ui/WarningLine';
import { LiquidEditor } from '../form/sending/editor/LiquidEditor';
import { Problems } from '../form/sending/editor/Problems';
import { corrected } from '../form/sending/template';
import { useUrlVerdict } from '../form/useUrlVerdict';
import { useWebhookForm } from '../form/useWebhookForm';
import { shownAnswer, type Answers } from './answers';
import { usePresetText } from './usePresetText';

interface AddressAnswerProps {
  preset: Preset;
  address: Extract<PresetAddress, { kind: 'pasted' }>;
  value: string;
  onChange: (value: string) => void;
}

/** The URL that a service has given, checked while typing. */
export function AddressAnswer({ preset, address, value, onChange }: AddressAnswerProps) {
  const { t } = useText();
  const { text } = usePresetText();
  const { disabled } = useWebhookForm();
  const { error } = useField('url');
  const verdict = useUrlVerdict(value);
  const shownError = error ?? (verdict.kind === 'bad' ? verdict.text : undefined);
  const warning = useAddressWarning(preset, value) ?? (verdict.kind === 'warning' ? verdict.text : null);
  return (
    <Field.Root name="url" error={shownError} required hint={text(address.hint)}>
      <Field.Label>{text(address.label)}</Field.Label>
      <TextInput
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder={address.example}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        endAction={
          verdict.kind === 'good' && !shownError && warning === null ? (
            <CheckCircle fill="success600" role="img" aria-label={t('form.url.good')} />
          ) : null
        }
      />
      <Field.Error />
      {warning !== null && <WarningLine>{warning}</WarningLine>}
      <Field.Hint />
    </Field.Root>
  );
}

/** That a URL of the service will not work, or that it is one of another service. */
function useAddressWarning(preset: Preset, url: string): string | null {
  const { t } = useText();
  const { text } = usePresetText();
  const found = presetFor(url);
  if (!found) return null;
  if (found.preset.id !== preset.id) return t('presets.other_url', { name: found.preset.name });
  return found.warning === null ? null : text(found.warning);
}

interface PartAnswerProps {
  part: PresetPart;
  value: string;
  onChange: (value: string) => void;
}

/** A part of a URL that is built. */
export function PartAnswer({ part, value, onChange }: PartAnswerProps) {
  const { text } = usePresetText();
  const { disabled } = useWebhookForm();
  const { error } = useField(`preset.${part.name}`);
  return (
    <Field.Root
      name={`preset.${part.name}`}
      error={error}
      required
      {...(part.hint !== null && { hint: text(part.hint) })}
    >
      <Field.Label>{text(part.label)}</Field.Label>
      <TextInput
        autoComplete="off"
        spellCheck={false}
        placeholder={part.example}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

interface FieldAnswerProps {
  preset: Preset;
  field: PresetField;
  answers: Answers;
  /** What Liquid can name. */
  context: unknown;
  /** Mistakes in it. */
  problems: readonly TemplateProblem[];
  /** Characters of what it comes to; null where that is not known. */
  counted: number | null;
  onChange: (value: string) => void;
}

/** A message, a short Liquid text, or a secret. */
export function FieldAnswer(props: FieldAnswerProps) {
  const { preset, field, answers, problems, onChange } = props;
  const { t } = useText();
  const { text } = usePresetText();
  const { values, disabled } = useWebhookForm();
  const { error } = useField(`preset.${field.name}`);
  const secretAt = values.templateSecrets.findIndex(({ name }) => name === field.name);
  const { error: secretError } = useField(`templateSecrets.${secretAt}.value`);
  const value = shownAnswer(preset, answers, field.name);
  if (field.kind === 'message') return <MessageAnswer {...props} value={value} error={error} />;

  const [problem] = problems;
  const said = error ?? (field.kind === 'secret' ? secretError : undefined);
  const found =
    problem &&
    (problem.column === null
      ? problem.message
      : t('sending.problem.at_column', { column: problem.column, message: problem.message }));
  return (
    <Field.Root
      name={`preset.${field.name}`}
      error={said ?? (problem?.warning ? undefined : found)}
      required={field.required}
      {...(field.hint !== null && { hint: text(field.hint) })}
    >
      <Field.Label>{text(field.label)}</Field.Label>
      {field.kind === 'secret' ? (
        <TextInput
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <MonoInput
          autoComplete="off"
          spellCheck={false}
          placeholder={field.example}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <Field.Error />
      {problem?.warning && <WarningLine>{found}</WarningLine>}
      <Field.Hint />
    </Field.Root>
  );
}

interface MessageAnswerProps extends FieldAnswerProps {
  value: string;
  error: string | undefined;
}

function MessageAnswer({
  preset,
  field,
  context,
  problems,
  counted,
  value,
  error,
  onChange,
}: MessageAnswerProps) {
  const { t } = useText();
  const { text } = usePresetText();
  const { disabled } = useWebhookForm();
  const id = useId();
  const limit = preset.limits.messageLength;
  return (
    <Field.Root name={`preset.${field.name}`} error={error} required={field.required}>
      <Field.Label>{text(field.label)}</Field.Label>
      <Box>
        <LiquidEditor
          isMessage
          label={text(field.label)}
          value={value}
          onChange={onChange}
          context={context}
          problems={problems}
          disabled={disabled}
          describedBy={id}
        />
        <Problems
          id={id}
          problems={problems}
          onUse={({ line, column, suggestion }) => {
            if (line === null || column === null || suggestion === null) return;
            onChange(corrected(value, line, column, suggestion));
          }}
        />
      </Box>
      <Field.Error />
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <Typography variant="pi" textColor="neutral600">
          {field.hint !== null && text(field.hint)}
        </Typography>
        {limit !== undefined && counted !== null && (
          <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
            {t('presets.characters', { count: counted, limit })}
          </Typography>
        )}
      </Flex>
    </Field.Root>
  );
}

const MonoInput = styled(TextInput)`
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
`;
