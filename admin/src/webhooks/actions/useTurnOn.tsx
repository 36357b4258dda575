import { useState, type ReactNode } from 'react';
import { useAllowed } from '../../api/useAllowed';
import { SendMissedDialog, type TurnedOff } from './SendMissedDialog';

interface TurnOn {
  turnOn: (webhook: TurnedOff) => void;
  /** To be rendered beside the button. */
  dialog: ReactNode;
}

/** Turns a webhook on by `change`, but asks first if it has missed events that can be sent now. */
export function useTurnOn(change: (webhook: TurnedOff) => unknown): TurnOn {
  const allowed = useAllowed();
  const [asked, setAsked] = useState<TurnedOff | null>(null);
  return {
    turnOn: (webhook) => {
      if (webhook.missed > 0 && allowed.deliveriesResend) setAsked(webhook);
      else void change(webhook);
    },
    dialog: asked && <SendMissedDialog webhook={asked} onClose={() => setAsked(null)} />,
  };
}
