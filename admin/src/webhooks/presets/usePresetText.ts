import { useCallback } from 'react';
import { presetGroupTexts, type Preset } from '../../../../contracts/presets';
import { useText, type TextId } from '../../text/useText';

/** The texts that presets name. */
export function usePresetText() {
  const { t } = useText();
  const text = useCallback((key: string): string => t(key as TextId), [t]);
  return {
    text,
    /** The name of its product; that of one's own receiver is translated. */
    nameOf: (preset: Preset): string => (preset.id === 'plain' ? t('presets.own') : preset.name),
    wordsOf: (preset: Preset): string[] => [
      ...[preset.name, preset.id === 'plain' ? t('presets.own') : ''],
      ...[text(preset.description), text(presetGroupTexts[preset.group])],
    ],
  };
}
