import type { ReactNode } from 'react';
import { Blocker, Form } from '@strapi/strapi/admin';
import { ConflictDialog, type FormEnds } from './ConflictDialog';
import { FollowStored } from './FollowStored';
import type { Editing, Stored } from './useEditing';

interface EditedFormProps<Values extends object> {
  children: ReactNode;
  /** Nothing is stored yet. */
  isNew?: boolean;
  disabled: boolean;
  editing: Editing<Values>;
  stored: Stored<Values>;
  /** Gives the values as they will be saved, or throws a `FormComplaint`. */
  validate: (values: Values) => Promise<Values>;
  /** `version`: that over which it is to be saved; by default the one that the form stands on. */
  save: (values: Values, ends: FormEnds<Values>, version?: number) => Promise<void>;
}

/** A form of what others may change meanwhile: it follows what is stored, and has one choose where both changed it. */
export function EditedForm<Values extends object>({
  children,
  isNew = false,
  disabled,
  editing,
  stored,
  validate,
  save,
}: EditedFormProps<Values>) {
  return (
    <Form<Values>
      method={isNew ? 'POST' : 'PUT'}
      initialValues={editing.initialValues}
      disabled={disabled}
      validate={validate}
      onSubmit={(values, ends) => save(values, ends as FormEnds<Values>)}
    >
      {children}
      <FollowStored editing={editing} stored={stored} />
      {editing.refused && (
        <ConflictDialog
          editing={editing}
          refused={editing.refused}
          stored={stored}
          onKeep={({ values, conflict }, form) => save(values, form, conflict.version)}
        />
      )}
      <Blocker />
    </Form>
  );
}
