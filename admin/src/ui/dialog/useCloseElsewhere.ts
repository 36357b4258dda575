import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';

/** Closes a dialog when one of its links was followed, also where that leads to the page which it stands on. */
export function useCloseElsewhere(onClose: () => void): void {
  const { key } = useLocation();
  const opened = useRef(key);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  }, [onClose]);
  useEffect(() => {
    if (key !== opened.current) close.current();
  }, [key]);
}
