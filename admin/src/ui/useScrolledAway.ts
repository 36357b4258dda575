import { useEffect, useState, type RefObject } from 'react';

// The header that sticks covers what is under it.
const headerPx = 64;

/** Whether what is referred to was scrolled out of sight, above. */
export function useScrolledAway(ref: RefObject<HTMLElement | null>): boolean {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) =>
        setAway(Boolean(entry && !entry.isIntersecting && entry.boundingClientRect.top < headerPx)),
      { rootMargin: `-${headerPx}px 0px 0px 0px` },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return isAway;
}
