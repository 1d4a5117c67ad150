import { describeWithBroker, sharedBroker } from './kafka';
import { testBrokerVariable } from './shared-broker';

describe('tests that need a broker', () => {
  const real = { describe: globalThis.describe, it: globalThis.it, ci: process.env['CI'] };
  const told: string[] = [];
  const body = jest.fn();
  let describing: jest.Mock & { skip: jest.Mock };

  beforeEach(() => {
    told.length = 0;
    body.mockClear();
    describing = Object.assign(
      jest.fn((_: string, inner: () => void) => inner()),
      { skip: jest.fn() },
    );
    globalThis.describe = describing as never;
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
      told.push(String(line));
      return true;
    });
  });

  afterEach(() => {
    Object.assign(globalThis, { describe: real.describe, it: real.it });
    if (real.ci === undefined) delete process.env['CI'];
    else process.env['CI'] = real.ci;
    jest.restoreAllMocks();
  });

  it('run where there can be one', () => {
    describeWithBroker('the bus', body, null);
    expect(body).toHaveBeenCalledTimes(1);
    expect(told).toEqual([]);
  });

  it('are left out where there can be none, and it is said why', () => {
    delete process.env['CI'];
    describeWithBroker('the bus', body, 'there is no Java');
    expect(describing.skip).toHaveBeenCalledWith('the bus', body);
    expect(told).toEqual(['SKIPPED: the bus: there is no Java\n']);
  });

  it('fail there with CI=true', () => {
    process.env['CI'] = 'true';
    const tests: (() => void)[] = [];
    globalThis.it = ((_: string, test: () => void) => tests.push(test)) as never;
    describeWithBroker('the bus', body, 'there is no Java');
    expect(body).not.toHaveBeenCalled();
    expect(tests).toHaveLength(1);
    expect(tests[0]).toThrow('there is no Java');
  });

  it('are told where they have to stand', async () => {
    const url = process.env[testBrokerVariable];
    delete process.env[testBrokerVariable];
    await expect(sharedBroker()).rejects.toThrow('only integration tests');
    if (url !== undefined) process.env[testBrokerVariable] = url;
  });
});
