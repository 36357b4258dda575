import { useEffect, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { Box, Flex, IconButton } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../text/useText';

interface DrawerProps {
  /** Of what is shown: the focus moves in when it changes. */
  id: number | string;
  /** The DOM id of its title, which stands in the head. */
  titleId: string;
  isBusy: boolean;
  onClose: () => void;
  head: ReactNode;
  /** Buttons before the one that closes it. */
  turns?: ReactNode;
  children: ReactNode;
}

/** One thing of a list: on a narrow screen over it, on a wide one beside it, in sight while that scrolls. */
export function Drawer({ id, titleId, isBusy, onClose, head, turns, children }: DrawerProps) {
  const { t } = useText();
  const drawer = useRef<HTMLElement>(null);

  // Who opened it goes on reading here, also where a link led to it and the list is long.
  useEffect(() => {
    if (!drawer.current?.contains(document.activeElement)) drawer.current?.focus();
  }, [id]);

  return (
    <Surface
      ref={drawer}
      tabIndex={-1}
      aria-labelledby={titleId}
      aria-busy={isBusy}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        // That of a dialog which was opened from here comes by, too.
        const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
        if (event.key === 'Escape' && isInside) onClose();
      }}
    >
      {/* Always in sight, whatever stands below: a way on and a way out. */}
      <HeadBar justifyContent="space-between" alignItems="flex-start" gap={2}>
        <Box minWidth={0}>{head}</Box>
        <Flex gap={1} shrink={0}>
          {turns}
          <IconButton label={t('close')} variant="ghost" onClick={onClose}>
            <Cross aria-hidden />
          </IconButton>
        </Flex>
      </HeadBar>
      {children}
    </Surface>
  );
}

const Surface = styled.section<{ ref?: Ref<HTMLElement> }>`
  position: fixed;
  z-index: 4;
  inset: 0 0 0 auto;
  width: min(60rem, 100%);
  overflow-y: auto;
  overscroll-behavior: contain;
  background: ${({ theme }) => theme.colors.neutral0};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};

  &:focus {
    outline: none;
  }

  ${({ theme }) => theme.breakpoints.large} {
    position: sticky;
    z-index: auto;
    inset: 8rem auto auto;
    width: 100%;
    max-height: calc(100vh - 9.6rem);
    scroll-margin-top: 8rem;
    border-radius: ${({ theme }) => theme.borderRadius};
    box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  }
`;

const HeadBar = styled(Flex)`
  position: sticky;
  z-index: 1;
  top: 0;
  padding: 2rem 2rem 0.8rem;
  background: ${({ theme }) => theme.colors.neutral0};
`;
