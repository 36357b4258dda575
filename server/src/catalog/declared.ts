import type { Core } from '@strapi/strapi';

/** The declarations of the app's code so far, in `register()` or later. */
const declarations = new WeakMap<Core.Strapi, unknown[]>();

export const declaredSoFar = (strapi: Core.Strapi): readonly unknown[] => declarations.get(strapi) ?? [];

/** Stores a declaration, written as in `config.events`. */
export const rememberDeclaration = (strapi: Core.Strapi, declaration: unknown): void =>
  void declarations.set(strapi, [...declaredSoFar(strapi), declaration]);
