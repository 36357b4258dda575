import { useEffect, useRef, useState, type RefObject } from 'react';

/** How wide an element is, in CSS pixels; 0 before it is measured. */
export function useWidth<Element extends HTMLElement>(): { ref: RefObject<Element>; width: number } {
  const ref = useRef<Element>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
