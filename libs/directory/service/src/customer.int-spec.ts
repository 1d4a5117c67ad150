import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

const residentId = '440106198202020555';

describe('customers', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;
  let agent: ReturnType<typeof staff>;
  let stranger: ReturnType<typeof staff>;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('customers');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH', ours.organisationId);
    agent = staff('FRONT_DESK', ours.projectId);
    stranger = staff('FRONT_DESK', theirs.projectId);
  });

  afterAll(() => under.close());

  function register(who = agent, more: object = {}): Promise<{ id: string; code?: string }> {
    const input = { projectId: ours.projectId, kind: 'PERSON', name: '王秀兰', ...more };
    return under.command(who, 'registerCustomer', 'Customer', input);
  }

  rule(['DIR-02', 'DIR-05'], 'keeps phones, documents, household and roles; numbers are masked', async () => {
    const { id } = await register(agent, {
      phones: [{ number: '138 1234 5678' }, { number: '0755-83211234-801' }],
      addresses: [{ kind: 'WORK', text: '深圳市福田区深南大道 1 号', postcode: '518000' }],
      identityDocuments: [{ kind: 'PASSPORT', number: 'E12345678' }],
    });
    const member = { id, name: '王小明', relation: 'CHILD', phone: '13900001111' };
    await under.command(agent, 'addHouseholdMember', 'Customer', member);
    const role = { id, unitId: ours.unitIds[0], role: 'OWNER', from: '2024-05-01' };
    const owner = await under.command<{ homes: object[] }>(
      ...[agent, 'startCustomerRole', 'Customer', role],
      `name phones { kind masked } addresses { text postcode } identityDocuments { kind masked }
       household { name relation maskedPhone } roles { role from to unit { home } } homes { home } projects { code }
       history { command }`,
    );
    expect(owner).toEqual({
      name: '王秀兰',
      phones: [
        { kind: 'MOBILE', masked: '138****5678' },
        { kind: 'LANDLINE', masked: '075****1234' },
      ],
      addresses: [{ text: '深圳市福田区深南大道 1 号', postcode: '518000' }],
      identityDocuments: [{ kind: 'PASSPORT', masked: '****5678' }],
      household: [{ name: '王小明', relation: 'CHILD', maskedPhone: '139****1111' }],
      roles: [{ role: 'OWNER', from: '2024-05-01', to: null, unit: { home: '3-2-1201' } }],
      homes: [{ home: '3-2-1201' }],
      projects: [{ code: 'JX' }],
      history: [
        { command: 'registerCustomer' },
        { command: 'addHouseholdMember' },
        { command: 'startCustomerRole' },
      ],
    });
  });
});
