import { useLocation } from 'react-router-dom';
import { formPlaces, type FormPlace } from '../../navigation/paths';

interface AskedPlace {
  /** Where a link has led in the form, or null. */
  place: FormPlace | null;
  /** An address to be filled in, or null. */
  url: string | null;
  /** Another one for each link that was followed, also for the same place again. */
  key: string;
}

/** Where in the form the address bar asks to begin. */
export function useFormPlace(): AskedPlace {
  const { search, key } = useLocation();
  const params = new URLSearchParams(search);
  const open = params.get('open');
  return {
    place: formPlaces.find((known) => known === open) ?? null,
    // `/new?url=` fills its form by itself.
    url: open === 'url' ? params.get('url') : null,
    key,
  };
}
