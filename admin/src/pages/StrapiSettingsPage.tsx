import { AllowedProvider } from '../api/useAllowed';
import { SettingsPage } from './SettingsPage';

/** The same settings where Strapi's own stand. */
export function StrapiSettingsPage() {
  return (
    <AllowedProvider>
      <SettingsPage />
    </AllowedProvider>
  );
}
