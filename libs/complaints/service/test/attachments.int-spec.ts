import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Principal } from '@anju/access';
import { newId } from '@anju/kernel';
import { startSubgraphServer, type RunningSubgraphServer } from '@anju/subgraph';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const photo = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('王秀兰 的身份证'),
  Buffer.alloc(50_000, 'pixel'),
]);
const words =
  'id version attachments { id name contentType size note addedAt by byStaff { id } downloadPath }';

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly headers: Headers;
  readonly body: Buffer;
}

describe('files of complaints', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let server: RunningSubgraphServer;
  let id: string;

  beforeAll(async () => {
    database = await createTestDatabase('attachments');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    const { zhou, lin, li, quality, guard, stranger } = desk;
    const people = new Map(
      [zhou, lin, li, quality, guard, stranger].map((one) => [`Bearer ${one.staffId}`, one]),
    );
    server = await startSubgraphServer({
      service: desk.service,
      port: 0,
      authenticate: async (authorization = '') => people.get(authorization) ?? null,
      readiness: async () => ({ ready: true, details: {} }),
      logger: silentLogger,
    });
  });
  beforeEach(async () => ({ id } = await desk.file(1)));
  afterAll(async () => {
    await server.close();
    await desk.close();
    await database.drop();
  });

  async function send(who: Principal | null, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers: Record<string, string> = {
      ...(who && { authorization: `Bearer ${who.staffId}` }),
      'accept-language': 'en',
      ...(init.headers as Record<string, string> | undefined),
    };
    const response = await fetch(new URL(path, server.url), { ...init, headers });
    const body = Buffer.from(await response.arrayBuffer());
    const code = response.headers.get('content-type')?.startsWith('application/json')
      ? ((JSON.parse(body.toString() || '{}') as { errors?: [{ extensions: { code: string } }] }).errors?.[0]
          .extensions.code ?? null)
      : null;
    return { status: response.status, code, headers: response.headers, body };
  }

  const post = (body: Buffer | null, name: string | null, headers: object = {}): RequestInit => ({
    method: 'POST',
    body,
    headers: {
      'content-type': 'image/jpeg',
      ...(name !== null && {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      }),
      ...headers,
    },
  });

  const upload = (
    who: Principal,
    init = post(photo, '电梯 6栋.jpg'),
    projectId = desk.ours,
  ): Promise<Answer> => send(who, `/files/complaints?project=${projectId}`, init);

  async function uploaded(who = desk.zhou, init?: RequestInit): Promise<string> {
    const { status, body } = await upload(who, init);
    expect(status).toBe(201);
    return (JSON.parse(body.toString()) as { id: string }).id;
  }

  const attach = (fileIds: string[], who = desk.zhou, more: Row = {}) =>
    desk.command(
      who,
      'attachToComplaint',
      { id, fileIds, ...more },
      words,
      '... on ComplaintUploadsNotUsable { fileIds } ... on ComplaintAttachmentsTooMany { attached added most }',
    );

  rule('CMP-13', 'a photograph is uploaded, attached and read as it was', async () => {
    const { status, body } = await upload(desk.zhou);
    expect(status).toBe(201);
    const file = JSON.parse(body.toString()) as Row;
    expect(file).toEqual({
      id: expect.any(String),
      name: '电梯 6栋.jpg',
      contentType: 'image/jpeg',
      size: photo.length,
    });
    const downloadPath = `/files/complaints/${file['id'] as string}`;
    expect((await send(desk.zhou, downloadPath)).status).toBe(404);

    expect(await attach([file['id'] as string], desk.zhou, { note: 'Sent by WeChat.' })).toMatchObject({
      version: 2,
      attachments: [{ ...file, note: 'Sent by WeChat.', byStaff: { id: desk.zhou.staffId }, downloadPath }],
    });
    const given = await send(desk.lin, downloadPath);
    expect(given.status).toBe(200);
    expect(given.body.equals(photo)).toBe(true);
    expect(Object.fromEntries(given.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(photo.length),
      'content-disposition': expect.stringMatching(/^attachment; .*filename\*=UTF-8''%E7%94%B5/),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect((await send(desk.lin, downloadPath, { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(photo.length),
    );
    expect(await desk.published(id)).toContainEqual(
      expect.objectContaining({
        type: 'complaint-attachment-added.v1',
        data: expect.objectContaining({
          attachmentId: file['id'],
          contentType: 'image/jpeg',
          size: photo.length,
          by: desk.zhou.staffId,
        }) as Row,
      }),
    );
    const { history } = await desk.case(id);
    expect(history).toMatchObject([{ command: 'fileComplaint' }, { command: 'attachToComplaint' }]);
  });

  rule('CMP-13', 'no event and nothing on the disk has the name or the content of a file', async () => {
    await attach([await uploaded()]);
    expect(JSON.stringify(await desk.published(id))).not.toMatch(/电梯 6栋/);
    const files = readdirSync(desk.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(desk.folder, name)).isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) expect(readFileSync(join(desk.folder, name)).includes('王秀兰')).toBe(false);
    expect(files.filter((name) => /incoming|unfinished/.test(name))).toEqual([]);
  });

  it('nobody reads or uploads a file who could not read or add to the case', async () => {
    const fileId = await uploaded();
    await attach([fileId]);
    const path = `/files/complaints/${fileId}`;
    expect(await send(null, path)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    for (const who of [desk.stranger, desk.guard]) {
      expect(await send(who, path)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      expect(await upload(who)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
    expect(await upload(desk.quality)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect((await send(desk.quality, path)).status).toBe(200);
    expect(await send(desk.lin, `/files/complaints/${newId()}`)).toMatchObject({ status: 404 });
    expect(await send(desk.lin, '/files/complaints/../../etc/passwd')).toMatchObject({ status: 404 });
  });

  it.each<[string, number, string, () => RequestInit]>([
    ['is disguised', 415, 'FILE_DISGUISED', () => post(Buffer.from('MZ\0\0 a program'), 'lift.jpg')],
    [
      'is of a kind that is not taken',
      415,
      'FILE_KIND_NOT_TAKEN',
      () =>
        post(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg', {
          'content-type': 'image/svg+xml',
        }),
    ],
    ['is too large', 413, 'FILE_TOO_LARGE', () => post(Buffer.alloc(1_000_001, 'x'), 'a.txt')],
    ['is empty', 400, 'FILE_EMPTY', () => post(Buffer.alloc(0), 'a.jpg')],
    ['has no name', 400, 'FILE_NAME_NOT_USABLE', () => post(photo, null)],
    ['has nothing in its name', 400, 'FILE_NAME_NOT_USABLE', () => post(photo, '../\u202E')],
    ['is packed', 400, 'BAD_REQUEST', () => post(photo, 'a.jpg', { 'content-encoding': 'gzip' })],
    ['is put', 405, 'METHOD_NOT_ALLOWED', () => ({ ...post(photo, 'a.jpg'), method: 'PUT' })],
  ])('a file that %s is refused, and nothing of it is kept', async (_what, status, code, init) => {
    const before = await desk.rows('select count(*)::int as count from stored_file');
    expect(await upload(desk.zhou, init())).toMatchObject({ status, code });
    expect(await desk.rows('select count(*)::int as count from stored_file')).toEqual(before);
    expect(readdirSync(join(desk.folder, 'complaints/incoming'))).toEqual([]);
  });

  it('an upload without a project is refused', async () => {
    for (const path of ['/files/complaints', '/files/complaints?project=JX']) {
      expect(await send(desk.zhou, path, post(photo, 'a.jpg'))).toMatchObject({
        status: 400,
        code: 'BAD_USER_INPUT',
      });
    }
  });

  rule('CMP-13', 'only who uploaded a file attaches it, to a case of its project, once', async () => {
    const own = await uploaded();
    const another = newId();
    for (const [fileIds, who] of [
      [[own], desk.lin],
      [[own, another], desk.zhou],
    ] as const) {
      expect(await attach([...fileIds], who)).toMatchObject({ code: 'COMPLAINT_UPLOADS_NOT_USABLE' });
    }
    expect(await attach([own, another])).toMatchObject({ fileIds: [another] });
    // A refused command has used nothing up.
    expect(await attach([own])).toMatchObject({ version: 2 });
    expect(await attach([own])).toMatchObject({ code: 'COMPLAINT_UPLOADS_NOT_USABLE', fileIds: [own] });
    await expect(attach([])).rejects.toThrow('1 to 50 files');
    await expect(attach([another, another])).rejects.toThrow('the same file twice');
  });

  rule('CMP-13', 'of two who attach the same upload at once one does', async () => {
    const other = (await desk.file(1)).id;
    const fileId = await uploaded();
    const answers = await Promise.all([
      attach([fileId]),
      desk.command(desk.zhou, 'attachToComplaint', { id: other, fileIds: [fileId] }),
    ]);
    expect(answers.map((answer) => answer['code']).sort()).toEqual([
      'COMPLAINT_UPLOADS_NOT_USABLE',
      undefined,
    ]);
  });

  rule('CMP-13', 'the same request twice attaches once', async () => {
    const fileIds = [await uploaded()];
    const idempotencyKey = newId();
    const first = await attach(fileIds, desk.zhou, { idempotencyKey });
    expect(await attach(fileIds, desk.zhou, { idempotencyKey })).toEqual(first);
  });

  rule('CMP-13', 'a file that is taken off stays on record and cannot be read', async () => {
    const [first, second] = [await uploaded(), await uploaded()];
    await attach([first, second]);
    const input = { id, attachmentId: first, reason: 'Shows another customer’s identity card.' };
    for (const [change, code] of [
      [{ reason: ' ' }, 'COMPLAINT_REASON_MISSING'],
      [{ attachmentId: newId() }, 'COMPLAINT_ATTACHMENT_NOT_THERE'],
    ] as const) {
      expect(await desk.command(desk.lin, 'detachFromComplaint', { ...input, ...change })).toMatchObject({
        code,
      });
    }
    await desk.done(desk.lin, 'detachFromComplaint', input);
    expect(await send(desk.lin, `/files/complaints/${first}`)).toMatchObject({ status: 404 });
    // The same content under its other name is still there.
    expect((await send(desk.lin, `/files/complaints/${second}`)).body.equals(photo)).toBe(true);
    const fields =
      'attachments(removed: true) { id downloadPath removal { reason byStaff { id } } } now: attachments { id }';
    const data = await desk.read(desk.lin, `query($id: ID!) { complaint(id: $id) { ${fields} } }`, { id });
    expect(data['complaint']).toEqual({
      attachments: [
        {
          id: first,
          downloadPath: null,
          removal: { reason: input.reason, byStaff: { id: desk.lin.staffId } },
        },
        { id: second, downloadPath: `/files/complaints/${second}`, removal: null },
      ],
      now: [{ id: second }],
    });
    expect(await desk.command(desk.lin, 'detachFromComplaint', input)).toMatchObject({
      code: 'COMPLAINT_ATTACHMENT_NOT_THERE',
    });
    expect((await desk.published(id)).map(({ type }) => type)).toContain('complaint-attachment-removed.v1');
    const { history } = await desk.case(id);
    expect((history as Row[]).at(-1)).toMatchObject({
      command: 'detachFromComplaint',
      reason: input.reason,
    });
  });

  rule(
    'CMP-15',
    'an employee whom the complaint names neither adds files to it nor takes them off',
    async () => {
      const fileId = await uploaded(desk.li);
      const theirs = await uploaded();
      await attach([theirs]);
      await desk.done(desk.lin, 'nameComplaintStaff', { id, staffIds: [desk.li.staffId] });
      expect(await attach([fileId], desk.li)).toMatchObject({ code: 'NAMED_EMPLOYEE_CANNOT_HANDLE' });
      const taking = { id, attachmentId: theirs, reason: 'So.' };
      expect(await desk.command(desk.li, 'detachFromComplaint', taking)).toMatchObject({
        code: 'NAMED_EMPLOYEE_CANNOT_HANDLE',
      });
    },
  );

  it('who may only read cases attaches nothing', async () => {
    const reader = staff('DIVISION_LEADER', desk.ours);
    await expect(attach([newId()], reader)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await expect(attach([newId()], desk.stranger)).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  });

  rule('CMP-13', 'a case takes as many files as the policy of its project says', async () => {
    await desk.rows(
      `insert into policy_version (id, project_id, status, number, based_on, values, reason, drafted_by, drafted_at,
                                   version, created_at, updated_at)
       values ('${newId()}', '${desk.ours}', 'IN_FORCE', 1, 0, '{"attachmentsPerCase": 2}', 'test', 'test', now(),
               1, now(), now())`,
    );
    const files = [await uploaded(), await uploaded(), await uploaded()];
    await attach(files.slice(0, 2));
    expect(await attach(files.slice(2))).toMatchObject({
      code: 'COMPLAINT_ATTACHMENTS_TOO_MANY',
      ...{ attached: 2, added: 1, most: 2 },
      message: expect.stringContaining('at most 2 files'),
    });
  });
});
