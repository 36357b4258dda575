import type { Context } from 'koa';
import { z } from 'zod';
import plugin from './index';
import { routes } from './routes';
import type { Action } from './controllers/action';

const controllers = plugin.controllers as unknown as Record<
  string,
  (of: { strapi: object }) => Record<string, Action>
>;

/** The handler that a route names, wired to a Strapi that is not there. */
function handlerOf(name: string): Action | undefined {
  const [controller = '', action = ''] = name.split('.');
  return controllers[controller]?.({ strapi: {} })[action];
}

/** Every object within a schema, with the way to it. */
function objectsIn(schema: z.core.$ZodType, path = ''): [string, z.core.$ZodObject][] {
  if (schema instanceof z.ZodObject)
    return [
      [path, schema],
      ...Object.entries(schema.shape).flatMap(([name, part]) =>
        objectsIn(part as z.core.$ZodType, `${path}.${name}`),
      ),
    ];
  if (schema instanceof z.ZodArray) return objectsIn(schema.element, `${path}[]`);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return objectsIn(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => objectsIn(option as z.core.$ZodType, path));
  if (schema instanceof z.ZodPipe) return objectsIn(schema.in, path);
  return [];
}

const admin = routes.admin.routes.map(({ method, path, handler }) => ({
  route: `${method} ${path}`,
  action: handlerOf(String(handler)),
}));

describe.each(admin)('$route', ({ action }) => {
  it('says what it takes, and nothing within it takes what it does not know', () => {
    const { query, body } = action?.takes ?? {};
    expect(query).toBeDefined();
    expect(body).toBeDefined();
    for (const schema of [query, body]) {
      const objects = objectsIn(schema as z.ZodType);
      expect(objects.length).toBeGreaterThan(0);
      for (const [path, object] of objects)
        expect([path, object._zod.def.catchall instanceof z.ZodNever]).toEqual([path, true]);
    }
  });

  it.each(['query', 'body'] as const)('names what is unknown in its %s', async (part) => {
    const context = { query: {}, request: { body: {} }, params: {}, state: {}, set: () => undefined };
    if (part === 'query') context.query = { surprise: '1' };
    else context.request = { body: { surprise: 1 } };
    const asked = action?.(context as unknown as Context);
    await expect(asked).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(/./),
    });
    if (part === 'query') await expect(asked).rejects.toThrow('surprise: is not a known field');
  });
});
