import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SupergraphFile } from './supergraph-file';
import { startTestGateway, until } from './testing/start-test-gateway';
import type { TestGateway } from './testing/start-test-gateway';
import { changedReceptionSdl, composeTestSupergraph } from './testing/two-services';

/** Cut where a definition ends, so that the rest still reads as GraphQL. */
function lastTypesCutOff(sdl: string): string {
  return sdl.slice(0, sdl.lastIndexOf('\n}\n', sdl.length * 0.7) + 3);
}

describe('the supergraph', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await startTestGateway({});
  });
  afterEach(() => gateway.close());

  const replace = (sdl: string): void => {
    writeFileSync(`${gateway.supergraphFile}.new`, sdl);
    renameSync(`${gateway.supergraphFile}.new`, gateway.supergraphFile);
  };
  const logged = (message: string): number => gateway.logs.filter(({ msg }) => msg === message).length;
  const inUse = 'a changed supergraph is in use';
  const notUsable = 'the supergraph file cannot be used; the one before stays in use';

  it('is read again when it changes, with requests going on', async () => {
    expect((await gateway.ask('{ isNew }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const stop = new AbortController();
    const askAndAsk = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        expect((await gateway.ask('{ customer(id: "c1") { name } }')).errors).toEqual([]);
      }
    };
    const asking = [askAndAsk(), askAndAsk(), askAndAsk()];
    replace(composeTestSupergraph(changedReceptionSdl));
    await until(() => logged(inUse) === 1);
    stop.abort();
    await Promise.all(asking);
    // The service itself is still the old one: that is our fault, and told as such.
    expect((await gateway.ask('{ isNew }')).codes).toEqual(['INTERNAL_SERVER_ERROR']);
    expect((await gateway.ask('{ whoAmI }')).data).toEqual({ whoAmI: null });
  });

  it.each([
    ['broken', 'type Query {'],
    ['empty', ''],
    ['a schema that is no supergraph', 'type Query { a: Int }'],
    ['half a supergraph', composeTestSupergraph(changedReceptionSdl).slice(0, 3_000)],
    ['one without its last types', lastTypesCutOff(composeTestSupergraph(changedReceptionSdl))],
    ['one of a service that cannot be asked', composeTestSupergraph().replaceAll('"reception"', '"nobody"')],
  ])('stays the old one when the new one is %s', async (_what, sdl) => {
    replace(sdl);
    await until(() => logged(notUsable) === 1);
    expect((await gateway.ask('{ customer(id: "c1") { name } }')).data).toEqual({
      customer: { name: 'Li Wei' },
    });
    replace(composeTestSupergraph(changedReceptionSdl));
    await until(() => logged(inUse) === 1);
    expect((await gateway.send('/metrics')).text).toContain(
      'anju_gateway_supergraph_loads_total{outcome="refused"} 1',
    );
  });

  it('stays when its file goes away', async () => {
    rmSync(gateway.supergraphFile);
    await until(() => logged(notUsable) === 1);
    expect((await gateway.ask('{ whoAmI }')).data).toEqual({ whoAmI: null });
  });

  it('is not taken for another when it is written anew as it was', async () => {
    replace(composeTestSupergraph());
    await sleep(300);
    expect(logged(inUse)).toBe(0);
  });
});

describe('the supergraph file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
  const taken: string[] = [];
  const silent = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  const open = (file: string, checkMillis?: number) =>
    new SupergraphFile({
      file: join(folder, file),
      checkMillis,
      logger: silent,
      metrics: { supergraphLoaded: jest.fn() },
    });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => taken.splice(0));

  it('is named when it cannot be read', async () => {
    await expect(open('none').read()).rejects.toThrow(/none cannot be read/);
    writeFileSync(join(folder, 'empty'), ' \n');
    await expect(open('empty').read()).rejects.toThrow(/empty is empty/);
  });

  it('is followed behind a link that is changed, as deployments do it', async () => {
    writeFileSync(join(folder, 'v1'), 'one');
    writeFileSync(join(folder, 'v2'), 'two');
    symlinkSync('v1', join(folder, 'current'));
    const file = open('current');
    expect(await file.read()).toBe('one');
    file.follow((sdl) => taken.push(sdl));
    symlinkSync('v2', join(folder, 'next'));
    renameSync(join(folder, 'next'), join(folder, 'current'));
    await until(() => taken.length > 0);
    file.close();
    expect(taken).toEqual(['two']);
  });

  it('is looked at now and then where the file system tells nothing', async () => {
    writeFileSync(join(folder, 'polled'), 'one');
    const file = open('polled', 20);
    await file.read();
    jest.spyOn(file as unknown as { settle(): void }, 'settle').mockImplementation(() => undefined);
    file.follow((sdl) => taken.push(sdl));
    writeFileSync(join(folder, 'polled'), 'two');
    await until(() => taken.length > 0);
    file.close();
    writeFileSync(join(folder, 'polled'), 'three');
    await sleep(100);
    expect(taken).toEqual(['two']);
  });
});
