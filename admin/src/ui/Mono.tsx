import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Technical names, ids and values. */
export const Mono = styled(Typography)`
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  overflow-wrap: anywhere;
`;
