import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { styled } from 'styled-components';

interface Slot {
  node: HTMLElement | null;
  setNode: (node: HTMLElement | null) => void;
}

const SlotContext = createContext<Slot>({ node: null, setNode: () => undefined });

/** Around a screen in whose header its content shows something. */
export function HeaderSlotProvider({ children }: { children: ReactNode }) {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const slot = useMemo(() => ({ node, setNode }), [node]);
  return <SlotContext.Provider value={slot}>{children}</SlotContext.Provider>;
}

/** The place in the header. Strapi mounts another one when the header begins to stick. */
export function HeaderSlot() {
  const { setNode } = useContext(SlotContext);
  return <Place ref={setNode} />;
}

/* Empty, it takes no gap between its neighbours. */
const Place = styled.div`
  &:empty {
    display: none;
  }
`;

/** Shows its children in the header of the screen. */
export function InHeader({ children }: { children: ReactNode }) {
  const { node } = useContext(SlotContext);
  return node && createPortal(children, node);
}
