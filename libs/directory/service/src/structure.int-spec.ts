import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

describe('projects, buildings and units', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let theirs: TestProject;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('structure');
    ours = await registerTestProject(under, 'JX');
    theirs = await registerTestProject(under, 'BH');
  });

  afterAll(() => under.close());

  rule('DIR-01', 'leads from the organisation down to the unit', async () => {
    const agent = staff('FRONT_DESK', ours.projectId);
    const { project } = await under.read<{ project: object }>(
      agent,
      `query($id: ID!) { project(id: $id) { code name timeZone organisation { code }
         buildings { totalCount nodes { number sections { number } units { nodes { home status section { number } } } } } } }`,
      { id: ours.projectId },
    );
    expect(project).toEqual({
      ...{ code: 'JX', name: '锦绣花园', timeZone: 'Asia/Shanghai', organisation: { code: 'OJX' } },
      buildings: {
        totalCount: 1,
        nodes: [
          {
            number: '3',
            sections: [{ number: '1' }, { number: '2' }],
            units: {
              nodes: [
                { home: '3-1-0302', status: 'HANDED_OVER', section: { number: '1' } },
                { home: '3-2-1201', status: 'HANDED_OVER', section: { number: '2' } },
                { home: '3-2-1202', status: 'HANDED_OVER', section: { number: '2' } },
              ],
            },
          },
        ],
      },
    });
  });
});
