import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../text/useText';
import { Mono } from '../ui/Mono';

/** Header lines, name and value side by side. */
export function HeaderTable({ headers }: { headers: readonly (readonly [string, string])[] }) {
  const { t } = useText();
  if (headers.length === 0) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('http.no_headers')}
      </Typography>
    );
  }
  return (
    <Lines>
      {headers.map(([name, value], index) => (
        // A name can occur twice.
        <Line key={`${name}-${index}`}>
          <Mono tag="dt" variant="pi" textColor="neutral600">
            {name}
          </Mono>
          <Mono tag="dd" variant="pi">
            {value}
          </Mono>
        </Line>
      ))}
    </Lines>
  );
}

const Lines = styled.dl`
  display: grid;
  grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr);
  column-gap: 2.4rem;
  row-gap: 0.6rem;
  margin: 0;

  dd {
    margin: 0;
  }
`;

const Line = styled.div`
  display: contents;
`;
