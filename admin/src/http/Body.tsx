import { Typography } from '@strapi/design-system';
import { useText } from '../text/useText';
import { CodeView } from '../ui/code/CodeView';
import { parseJson, prettyJson } from './json-text';

interface BodyProps {
  text: string;
  label: string;
}

/** A body: JSON with its lines and colours, other text unchanged. */
export function Body({ text, label }: BodyProps) {
  const { t } = useText();
  if (text === '') {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('http.no_body')}
      </Typography>
    );
  }
  if (typeof parseJson(text) === 'object') {
    return <CodeView kind="json" value={prettyJson(text)} copied={text} label={label} />;
  }
  return <CodeView kind="text" value={text} label={label} />;
}
