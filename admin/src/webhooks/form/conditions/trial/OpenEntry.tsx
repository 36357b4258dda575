import { Link } from '@strapi/design-system';
import { ExternalLink } from '@strapi/icons';
import { useHref } from 'react-router-dom';
import { useContentTypes } from '../../../../entry/api';
import { useText } from '../../../../text/useText';

/** Leads to an entry, where the content manager shows its type. */
export function OpenEntry({ uid, documentId }: { uid: string; documentId: string }) {
  const { t } = useText();
  const { data: types } = useContentTypes();
  const kind = types?.find((type) => type.uid === uid)?.kind;
  const path = kind === 'singleType' ? `single-types/${uid}` : `collection-types/${uid}/${documentId}`;
  const address = useHref(`/content-manager/${path}`);
  if (!kind) return null;
  return (
    // In a new window: the values of the form are not saved yet.
    <Link href={address} target="_blank" rel="noreferrer" startIcon={<ExternalLink aria-hidden />}>
      {t('only_when.trial.open_entry')}
    </Link>
  );
}
