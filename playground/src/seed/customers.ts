import type { Core } from '@strapi/strapi';
import { people } from './people';
import { gradientPng, uploadPictures } from './pictures';

const portalPassword = 'playground-portal-1';

async function addAccounts(strapi: Core.Strapi): Promise<Map<string, string>> {
  const role = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } });
  const accounts = new Map<string, string>();
  for (const { account, email, emailVerification } of people) {
    if (account === undefined) continue;
    const user = await strapi
      .plugin('users-permissions')
      .service('user')
      .add({
        username: account,
        email,
        password: `${account}-playground-1`,
        provider: 'local',
        confirmed: emailVerification === 'verified',
        role: role.id,
      });
    accounts.set(account, user.documentId);
  }
  return accounts;
}

/** Makes the customers with their accounts and avatars; gives their document ids in the order of `people`. */
export async function seedCustomers(strapi: Core.Strapi): Promise<string[]> {
  const accounts = await addAccounts(strapi);
  const avatars = await uploadPictures(
    strapi,
    people.map(({ name, email, colours: [from, to] }) => ({
      fileName: `${email.split('@')[0].replace('.', '-')}.png`,
      alternativeText: name,
      bytes: gradientPng(96, 96, from, to),
    })),
  );
  const customers: string[] = [];
  for (const [index, person] of people.entries()) {
    const { documentId } = await strapi.documents('api::customer.customer').create({
      data: {
        name: person.name,
        email: person.email,
        emailVerification: person.emailVerification,
        avatar: avatars[index],
        billingAddress: person.billingAddress,
        user: person.account === undefined ? undefined : accounts.get(person.account),
        internalNotes: person.internalNotes,
        portalPassword,
      },
    });
    customers.push(documentId);
  }
  return customers;
}
