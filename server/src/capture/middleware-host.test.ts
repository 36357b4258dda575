import type { Ends, Middleware } from './middleware-host';
import { hostMiddlewares } from './middleware-host';

/** As core has it (`middleware-manager.js`), its live list included. */
function createManager() {
  const list: Middleware[] = [];
  return {
    use(middleware: Middleware) {
      list.push(middleware);
      return () => list.splice(list.indexOf(middleware), 1);
    },
    async run(context: object, write: () => Promise<unknown>) {
      let index = 0;
      const next = async (): Promise<unknown> =>
        index < list.length ? (list[index++] as (...args: unknown[]) => unknown)(context, next) : write();
      return next();
    },
  };
}

describe('middlewares of others between the ends of the capture', () => {
  let said: string[];
  let manager: ReturnType<typeof createManager>;
  const saying = (name: string, before?: () => Promise<void>): Middleware =>
    (async (_context: unknown, next: () => Promise<unknown>) => {
      said.push(name);
      await before?.();
      const result = await next();
      said.push(`/${name}`);
      return result;
    }) as unknown as Middleware;
  const write = async () => void said.push('write');
  const use = (middleware: Middleware) => manager.use(middleware) as unknown as () => unknown[];

  beforeEach(() => {
    said = [];
    manager = createManager();
    manager.use(saying('core'));
    const ends: Ends = { sentinel: saying('sentinel'), innermost: saying('innermost') };
    hostMiddlewares(manager, () => ends);
  });

  it('who comes whenever stands between them, in the order of coming', async () => {
    use(saying('a'));
    await manager.run({}, write);
    use(saying('b'));
    said = [];
    await manager.run({}, write);
    const order = ['core', 'sentinel', 'a', 'b', 'innermost'];
    expect(said).toEqual([...order, 'write', ...order.reverse().map((name) => `/${name}`)]);
  });

  it('who is taken off is gone, and taking him off again takes nobody else', async () => {
    const off = use(saying('a'));
    use(saying('b'));
    expect(off()).toHaveLength(1);
    expect(off()).toEqual([]);
    await manager.run({}, write);
    expect(said.slice(0, 5)).toEqual(['core', 'sentinel', 'b', 'innermost', 'write']);
  });

  it('an operation under way skips nobody and runs nobody twice while the list changes', async () => {
    const offA = use(saying('a'));
    use(
      saying('b', async () => {
        offA();
        use(saying('late'));
      }),
    );
    use(saying('c'));
    await manager.run({}, write);
    expect(said.slice(0, 7)).toEqual(['core', 'sentinel', 'a', 'b', 'c', 'innermost', 'write']);
    said = [];
    await manager.run({}, write);
    expect(said.slice(0, 6)).toEqual(['core', 'sentinel', 'b', 'c', 'late', 'innermost']);
  });

  it('a second next() goes on behind what ran already, as in core', async () => {
    use((async (_context: unknown, next: () => Promise<unknown>) => {
      await next();
      return next();
    }) as unknown as Middleware);
    use(saying('a'));
    await manager.run({}, write);
    expect(said.filter((name) => name === 'write')).toHaveLength(2);
    expect(said.filter((name) => name === 'a')).toHaveLength(1);
    expect(said.filter((name) => name === 'innermost')).toHaveLength(1);
  });
});
