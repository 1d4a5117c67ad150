import type { Principal } from '@anju/access';
import { requireIn } from './actor';
import { authorise } from './command-rights';

const principal: Principal = {
  kind: 'STAFF',
  staffId: '01960000-0000-7000-8000-000000000001',
  account: 'zhiguan',
  roles: [{ role: 'QUALITY_CENTRE', projectIds: ['here'] }],
};
const actor = { id: principal.staffId, principal };
const permission = 'complaints.policy.putInForce';

describe('who has the role, and not there', () => {
  it('is told that it is the project', () => {
    expect(() => requireIn(actor, permission, 'here')).not.toThrow();
    const told = { code: 'FORBIDDEN', inProject: true, rolesThatMay: ['QUALITY_CENTRE', 'ADMINISTRATOR'] };
    const refused = expect.objectContaining({ extensions: { ...told, permission } }) as Error;
    expect(() => requireIn(actor, permission, 'there')).toThrow(refused);
    expect(() => authorise({ actor, permission }, ['there'], 'Thing', '')).toThrow(refused);
  });

  it('is told that it is the whole organisation', () => {
    const told = { code: 'FORBIDDEN', everywhere: true, rolesThatMay: ['QUALITY_CENTRE', 'ADMINISTRATOR'] };
    expect(() => authorise({ actor, permission }, [], 'Thing', '')).toThrow(
      expect.objectContaining({ extensions: { ...told, permission } }) as Error,
    );
  });
});
