import { createContext, useContext } from 'react';

interface ManualOnly {
  /** Somebody has said that the webhook has no event: it is sent by *Trigger now* alone. */
  isManualOnly: boolean;
  setManualOnly: (isManualOnly: boolean) => void;
}

/** Around the form: that no event is chosen on purpose is no field of the webhook. */
export const ManualOnlyContext = createContext<ManualOnly>({
  isManualOnly: false,
  setManualOnly: () => undefined,
});

/** Whether the form has no event on purpose. */
export const useManualOnly = (): ManualOnly => useContext(ManualOnlyContext);
