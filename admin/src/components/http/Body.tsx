import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../hooks/useText';
import { parseJson, prettyJson } from '../../values/json-text';
import { CopyButton } from '../CopyButton';
import { JsonView } from '../JsonView';
import { Mono } from '../Mono';

interface BodyProps {
  text: string;
  label: string;
}

/** A body: JSON in the viewer, other text as it came. */
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
    return <JsonView value={prettyJson(text)} copied={text} label={label} />;
  }
  return (
    <Box background="neutral100" hasRadius padding={3} role="group" aria-label={label}>
      <Flex justifyContent="flex-end">
        <CopyButton value={text} />
      </Flex>
      <Plain tag="pre" variant="pi" tabIndex={0}>
        {text}
      </Plain>
    </Box>
  );
}

const Plain = styled(Mono)`
  white-space: pre-wrap;
  max-height: 30rem;
  overflow: auto;
  margin: 0;
`;
