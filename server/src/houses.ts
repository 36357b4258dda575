import type { Core } from '@strapi/strapi';
import type { House } from './house';

const houses = new WeakMap<Core.Strapi, House>();

export const keepHouse = (strapi: Core.Strapi, house: House): void => void houses.set(strapi, house);

/** Throws before `bootstrap()`: the database is not there yet. */
export function houseOf(strapi: Core.Strapi): House {
  const house = houses.get(strapi);
  if (!house) throw new Error('event-webhooks: used before Strapi has bootstrapped the plugin');
  return house;
}

export const hasHouse = (strapi: Core.Strapi): boolean => houses.has(strapi);
