import { z } from '@strapi/utils';

const form = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/, 'must be a slug, like default-checkout')
  .default('default-checkout');
const email = z.email('must be an e-mail address').max(254).toLowerCase();
const product = z.string({ error: 'is required' }).trim().min(1, 'is required').max(100);

/** Body of `POST /api/checkout/start`. */
export const startInput = z.strictObject({ form });

/** Body of `POST /api/checkout/step`. `email` tells a returning customer from a new one. */
export const stepInput = z.strictObject({
  form,
  step: z.enum(['account', 'plan'], { error: 'must be account or plan' }),
  product,
  email: email.optional(),
});

/** Body of `POST /api/checkout/complete`. */
export const completeInput = z.strictObject({
  form,
  name: z.string({ error: 'is required' }).trim().min(1, 'is required').max(200),
  email,
  product,
  gateway: z.enum(['stripe', 'paypal', 'manual'], { error: 'must be stripe, paypal or manual' }),
  /** Number of a test card. Nothing is charged here and it is not kept. */
  card: z
    .string()
    .regex(/^\d{12,19}$/, 'must be 12 to 19 digits')
    .optional(),
  billingAddress: z
    .strictObject({
      companyName: z.string().max(200).optional(),
      billingEmail: z.email('must be an e-mail address').optional(),
      addressLine1: z.string().max(200).optional(),
      addressLine2: z.string().max(200).optional(),
      city: z.string().max(100).optional(),
      state: z.string().max(100).optional(),
      zipCode: z.string().max(20).optional(),
      country: z.string().length(2, 'must be a country code of two letters').optional(),
    })
    .optional(),
});

export type CompleteInput = z.infer<typeof completeInput>;
