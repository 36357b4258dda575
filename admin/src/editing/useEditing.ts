import { useRef, useState, type MutableRefObject } from 'react';
import type { Conflict } from '../../../contracts';

/** What is stored, as a form shows it, and its version. */
export interface Stored<Values> {
  version: number;
  values: Values;
}

/** A form that was refused because somebody else had saved meanwhile. */
export interface Refused<Values> {
  conflict: Conflict;
  /** What was to be saved. */
  values: Values;
}

export interface Editing<Values> {
  /** For Strapi's `Form`, which throws away what was typed whenever other ones are handed to it: always the first. */
  initialValues: Values;
  /** What the form stands on: what is different in it was changed here. */
  read: MutableRefObject<Stored<Values>>;
  refused: Refused<Values> | null;
  setRefused: (refused: Refused<Values> | null) => void;
}

/** Editing what others may change at the same time: by another tab, another person, or a button beside the form. */
export function useEditing<Values>(stored: Stored<Values>): Editing<Values> {
  const [initialValues] = useState(stored.values);
  const read = useRef(stored);
  const [refused, setRefused] = useState<Refused<Values> | null>(null);
  return { initialValues, read, refused, setRefused };
}
