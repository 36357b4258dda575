import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

export interface AddressBar {
  get: (name: string) => string | undefined;
  /** Sets or, with undefined or '', removes. Paging is left behind unless it is named. */
  set: (changes: Record<string, string | undefined>, options?: { replace?: boolean }) => void;
}

/** What is filtered, sorted and opened stands in the address bar, so that it can be shared and gone back to. */
export function useAddressBar(pagingNames: readonly string[] = ['page']): AddressBar {
  const [params, setParams] = useSearchParams();
  const paging = pagingNames.join();

  const get = useCallback((name: string) => params.get(name) ?? undefined, [params]);
  const set = useCallback(
    (changes: Record<string, string | undefined>, options?: { replace?: boolean }) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          paging.split(',').forEach((name) => next.delete(name));
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: options?.replace ?? false },
      );
    },
    [setParams, paging],
  );
  return { get, set };
}
