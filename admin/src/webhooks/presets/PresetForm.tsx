import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Box, Button, Divider, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { Preset } from '../../../../contracts/presets';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { TintedBox } from '../../ui/TintedBox';
import { EventField } from '../form/BasicFields';
import { useDeliverySummary } from '../form/delivery/DeliverySection';
import { PreviewPart } from '../form/sending/PreviewPart';
import { useEventOfPreview } from '../form/sending/useEventOfPreview';
import { usePreviewOfForm } from '../form/sending/usePreviewOfForm';
import { useWebhookForm } from '../form/useWebhookForm';
import { filledBy, type Answers } from './answers';
import { chatMessage } from './chat-message';
import { fieldProblems } from './field-problems';
import { MessageView } from './MessageView';
import { PresetMark } from './PresetChoice';
import { AddressAnswer, FieldAnswer, PartAnswer } from './PresetFields';
import { usePresetText } from './usePresetText';

interface PresetFormProps {
  preset: Preset;
  answers: Answers;
  onAnswer: (answers: Answers) => void;
  onOpenAll: () => void;
}

/** What one preset asks for, and no more; all else of the webhook is filled in. */
export function PresetForm({ preset, answers, onAnswer, onOpenAll }: PresetFormProps) {
  const { t } = useText();
  const { offered, index, choose } = useEventOfPreview();
  const secrets = useMemo(
    () => preset.fields.filter(({ kind, required }) => kind === 'secret' && required).map(({ name }) => name),
    [preset],
  );
  const preview = usePreviewOfForm(null, offered[index] ?? null, secrets);
  const problems = fieldProblems(preset, answers, preview.problems);
  const message = preview.request && chatMessage(preset.id, preview.request.body);
  const answer = useAnswer(preset, onAnswer);
  const enter = (name: string, value: string) =>
    answer({ ...answers, fields: { ...answers.fields, [name]: value } });
  const { address } = preset;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Card padding={7}>
        <Flex direction="column" alignItems="stretch" gap={6}>
          <Head preset={preset} />
          {address.kind === 'pasted' ? (
            <AddressAnswer
              preset={preset}
              address={address}
              value={answers.url}
              onChange={(url) => answer({ ...answers, url })}
            />
          ) : (
            address.parts.map((part) => (
              <PartAnswer
                key={part.name}
                part={part}
                value={answers.fields[part.name] ?? ''}
                onChange={(value) => enter(part.name, value)}
              />
            ))
          )}
          <EventField />
          {preset.fields.map((field) => (
            <FieldAnswer
              key={field.name}
              preset={preset}
              field={field}
              answers={answers}
              context={preview.context}
              problems={problems.filter(({ field: of }) => of === field.name).map(({ problem }) => problem)}
              counted={field.name === 'message' ? (message?.text.length ?? null) : null}
              onChange={(value) => enter(field.name, value)}
            />
          ))}
          <Divider />
          <PreviewPart
            preview={preview}
            offered={offered}
            index={index}
            onChoose={choose}
            message={message && <MessageView presetId={preset.id} message={message} />}
          />
        </Flex>
      </Card>
      <Refused />
      <Rest onOpenAll={onOpenAll}>{t('presets.rest')}</Rest>
    </Flex>
  );
}

/** Puts what was entered into the form of the webhook, where errors about what was before are no longer true. */
function useAnswer(preset: Preset, onAnswer: (answers: Answers) => void): (answers: Answers) => void {
  const { getValues, setValues, errors, setErrors } = useWebhookForm();
  return (answers) => {
    onAnswer(answers);
    setValues({ ...getValues(), ...filledBy(preset, answers) });
    const left = Object.entries(errors).filter(([name]) => name === 'name' || name === 'events');
    if (left.length < Object.keys(errors).length) setErrors(Object.fromEntries(left));
  };
}

function Head({ preset }: { preset: Preset }) {
  const { t } = useText();
  const { text, nameOf } = usePresetText();
  return (
    <Flex justifyContent="space-between" gap={4} wrap="wrap">
      <Flex gap={4}>
        <PresetMark id={preset.id} />
        <div>
          <Typography variant="delta" fontWeight="bold" tag="h2">
            {nameOf(preset)}
          </Typography>
          <Typography variant="pi" textColor="neutral600" tag="p">
            {text(preset.description)}
          </Typography>
        </div>
      </Flex>
      <TextLink tag={Link} to={{ search: '' }}>
        {t('presets.another')}
      </TextLink>
    </Flex>
  );
}

const shownHere = ['name', 'url', 'events', 'preset', 'templateSecrets'];

/** What is not right elsewhere in the form would be invisible here. */
function Refused() {
  const { t } = useText();
  const { errors } = useWebhookForm();
  const [isRefused, setRefused] = useState(false);
  useEffect(() => setRefused(Object.keys(errors).some((name) => !shownHere.includes(name))), [errors]);
  return (
    <div role="alert">
      {isRefused && (
        <TintedBox tone="danger" padding={3} gap={2}>
          <WarningCircle aria-hidden fill="danger600" width="1.6rem" height="1.6rem" />
          <Typography variant="pi">{t('presets.refused')}</Typography>
        </TintedBox>
      )}
    </div>
  );
}

function Rest({ onOpenAll, children }: { onOpenAll: () => void; children: ReactNode }) {
  const { t } = useText();
  const summary = useDeliverySummary();
  return (
    <Flex justifyContent="space-between" gap={4} wrap="wrap" paddingLeft={7} paddingRight={7}>
      <Box flex="1" minWidth="20rem">
        <Typography fontWeight="bold" tag="p">
          {children}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {summary}
        </Typography>
      </Box>
      <Button variant="tertiary" onClick={onOpenAll}>
        {t('presets.open_all')}
      </Button>
    </Flex>
  );
}
