import type { ComponentProps } from 'react';
import { Flex } from '@strapi/design-system';
import { styled } from 'styled-components';

export type TintedTone = 'primary' | 'success' | 'warning' | 'danger' | 'neutral';

interface TintedBoxProps extends Omit<ComponentProps<typeof Flex>, 'background' | 'borderColor'> {
  tone: TintedTone;
}

/**
 * A box on the ground of its colour. In the dark theme these grounds are all the same, so a bar at its side has the
 * colour too.
 */
export function TintedBox({ tone, children, ...rest }: TintedBoxProps) {
  return (
    <Barred {...rest} $tone={tone} background={`${tone}100`} borderColor={`${tone}200`} hasRadius>
      {children}
    </Barred>
  );
}

const Barred = styled(Flex)<{ $tone: TintedTone }>`
  && {
    border-left: 4px solid ${({ theme, $tone }) => theme.colors[`${$tone}600`]};
  }
`;
