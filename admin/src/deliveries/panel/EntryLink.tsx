import { Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useContentTypes } from '../../entry/api';
import { useEntryName } from '../../entry/useEntryName';
import { useCatalog } from '../../events/useCatalog';

interface EntryLinkProps {
  uid: string;
  documentId: string;
  locale: string | null;
}

/** The entry of the event, as a link if the content manager shows its type. */
export function EntryLink({ uid, documentId, locale }: EntryLinkProps) {
  const { events } = useCatalog();
  const { data: contentTypes } = useContentTypes();
  const contentType = contentTypes?.find((known) => known.uid === uid);
  const inCatalog = events.find((event) => event.uid === uid);
  const typeName = contentType?.displayName ?? inCatalog?.contentTypeName ?? uid;
  const entryName = useEntryName({ uid, documentId, locale });
  const name = `${typeName}: ${entryName}${locale ? ` (${locale})` : ''}`;
  if (!contentType) return <Typography>{name}</Typography>;

  const path =
    contentType.kind === 'singleType' ? `single-types/${uid}` : `collection-types/${uid}/${documentId}`;
  const search = locale ? `?plugins[i18n][locale]=${encodeURIComponent(locale)}` : '';
  return (
    <Link tag={NavLink} to={`/content-manager/${path}${search}`}>
      {name}
    </Link>
  );
}
