import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Names, ids and values of machines. */
export const Mono = styled(Typography)`
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  overflow-wrap: anywhere;
`;
