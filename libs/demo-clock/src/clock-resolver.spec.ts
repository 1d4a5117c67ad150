import 'reflect-metadata';
import type { RoleGrant } from '@anju/access';
import { ManualClock } from '@anju/kernel';
import { requestContext, type RequestContext } from '@anju/subgraph';
import { ClockResolver } from './clock-resolver';

const now = new Date('2026-03-02T01:00:00Z');
const later = new Date('2026-03-03T01:00:00Z');

function administratorOf(projectIds: RoleGrant['projectIds']): RequestContext {
  const roles = [{ role: 'ADMINISTRATOR' as const, projectIds }];
  const principal = { kind: 'STAFF' as const, staffId: 's-1', account: 'admin', roles };
  return requestContext({ principal, requestId: 'r', locale: 'en', idempotencyKey: null });
}

describe('the clock in the graph', () => {
  const clock = new ManualClock(now);
  const mover = { moveTo: async (to: Date) => clock.moveTo(to) };
  const resolver = new ClockResolver({ now: async () => clock.now() }, mover, () => true);

  it('is moved only by who may in every project: there is one for all of them', async () => {
    await expect(resolver.moveClock(later, administratorOf(['p-1']))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(clock.now()).toEqual(now);
    expect(await resolver.moveClock(later, administratorOf('ALL'))).toEqual({ now: later });
  });
});
