import type { Preset } from '../../../../contracts/presets';
import { useText } from '../../text/useText';
import type { FieldProblem } from '../form/webhook-form';
import { missingAnswers, type Answers } from './answers';

/** What a preset still asks for, each at its field; the URL is judged by the form itself. */
export function usePresetProblems(preset: Preset | null, answers: Answers | undefined): FieldProblem[] {
  const { t } = useText();
  if (!preset || !answers) return [];
  return missingAnswers(preset, answers)
    .filter((name) => name !== 'url')
    .map((name) => {
      const part =
        preset.address.kind === 'built' ? preset.address.parts.find((one) => one.name === name) : undefined;
      const isWrong = part !== undefined && (answers.fields[name] ?? '').trim() !== '';
      const message = isWrong ? t('presets.not_like_example', { example: part.example }) : 'is required';
      return { path: `preset.${name}`, message };
    });
}
