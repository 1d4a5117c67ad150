import { randomBytes } from 'node:crypto';
import { Cipher, sealWords } from '@anju/access';
import { bigrams, newId, searchedText } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { testCipher, type Row } from '@anju/testing-service';
import { ComplaintSearch, mostFoundIds, type Found } from '../src/complaint-search';
import { ComplaintsDesk } from './complaints-desk';

describe('the words of complaints', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;

  beforeAll(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function found(search: string, who = desk.lin): Promise<string[]> {
    const source =
      'query($f: ComplaintFilter) { complaints(filter: $f, first: 100) { totalCount nodes { id } } }';
    const { complaints } = await desk.read<{ complaints: { totalCount: number; nodes: Row[] } }>(
      who,
      source,
      { f: { search } },
    );
    expect(complaints.totalCount).toBe(complaints.nodes.length);
    return complaints.nodes.map(({ id }) => id as string);
  }

  async function wordsOf(id: string): Promise<Row> {
    const source =
      'query($id: ID!) { complaint(id: $id) { content contactWords { words interaction { id } } } }';
    return (await desk.read<{ complaint: Row }>(desk.lin, source, { id })).complaint;
  }

  rule(
    ['REC-17', 'CMP-13'],
    'the case of a contact has what the customer said, and is found by it',
    async () => {
      const words = '六栋的电梯又坏了，老人下不了楼。联系人王秀兰 13800138000';
      const interactionId = await desk.classify({ sealedWords: sealWords(testCipher, words) });
      const id = (await desk.caseOf(interactionId))!['id'] as string;
      expect(await wordsOf(id)).toEqual({
        content: words,
        contactWords: [{ words, interaction: { id: interactionId } }],
      });
      for (const search of ['电梯', '又坏', '坏 六栋', '老人下不了楼', '梯', '王秀兰']) {
        expect([search, await found(search)]).toEqual([search, [id]]);
      }
      // Each pair of neighbours stands in the text, the word does not.
      expect(await found('电梯坏了')).toEqual([]);
      expect(await found('？！')).toEqual([]);
      expect(await found('电梯', desk.stranger)).toEqual([]);
    },
  );

  rule(
    'CMP-13',
    'what a customer says in a further contact stands beside what the first one said',
    async () => {
      const first = await desk.classify({ sealedWords: sealWords(testCipher, '水压太低') });
      const { id } = (await desk.caseOf(first)) as { id: string };
      const [customerId] = await desk.customers(1);
      const second = newId();
      await desk.done(desk.zhou, 'joinComplaint', { id, customers: [{ customerId, interactionId: second }] });
      const sealedWords = sealWords(testCipher, '高层没有水');
      await desk.classify({ interactionId: second, sealedWords, customerIds: [customerId!] });
      // Heard again, changed and not: nothing comes twice, nothing is overwritten.
      await desk.classify({ interactionId: second, sealedWords: sealWords(testCipher, '别的') });
      expect(await wordsOf(id)).toEqual({
        content: '水压太低',
        contactWords: [
          { words: '水压太低', interaction: { id: first } },
          { words: '高层没有水', interaction: { id: second } },
        ],
      });
      expect(await found('没有水')).toEqual([id]);
      expect(await found('水压')).toEqual([id]);
    },
  );

  it('are missing where reception sent none or the key is gone, and the case is there', async () => {
    const key = randomBytes(32);
    const other = new Cipher({ currentKeyId: 'k2', keys: { k2: key }, indexKey: key });
    for (const change of [{}, { sealedWords: sealWords(other, '读不到') }]) {
      const { id } = (await desk.caseOf(await desk.classify(change))) as { id: string };
      expect(await wordsOf(id)).toEqual({ content: null, contactWords: [] });
    }
  });

  it('are found wherever they were written down, as soon as they are', async () => {
    const { id } = await desk.file(1, { content: '楼道灯不亮' });
    await desk.acknowledge(id);
    await desk.done(desk.lin, 'respondToComplaint', { id, channel: 'PHONE', text: '电工明天上门' });
    await desk.done(desk.lin, 'recordComplaintProgress', { id, text: '更换镇流器' });
    await desk.done(desk.li, 'resolveComplaint', { id, result: '照明恢复正常' });
    await desk.done(desk.lin, 'reopenComplaint', { id, reason: '夜里又熄灭' });
    for (const search of ['楼道', '电工', '镇流器', '照明', '熄灭']) {
      expect([search, await found(search)]).toEqual([search, [id]]);
    }
    // The end of one text and the beginning of the next are no word.
    expect(await found('亮电')).toEqual([]);
  });

  it('are in no event, no history and no outbox', async () => {
    const rows = await desk.rows<{ text: string }>(
      'select payload::text as text from outbox union all select facts::text from history',
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ text }) => /电梯|水压|高层|镇流器|照明|熄灭/u.test(text))).toEqual([]);
  });

  describe('of very many cases', () => {
    const filler = '物业服务中心受理业主来电反映小区公共区域照明绿化保洁车辆停放等问题已转相关部门跟进';

    beforeAll(async () => {
      const common = `小区${filler}`;
      await desk.rows(
        `insert into complaint_words (complaint_id, project_id, words, terms)
         select gen_random_uuid(), case when n % 10 = 0 then $2::uuid else $1::uuid end, words,
                array(select distinct substr(words, i, 2) from generate_series(1, length(words)) i
                      union select distinct substr(words, i, 1) from generate_series(1, length(words)) i)
         from generate_series(1, 30000) n,
              lateral (select case when n % 2500 = 0 then $3 || '锅炉' || n else $3 || n end as words) w`,
        [desk.ours, desk.theirs, searchedText(common)],
      );
      await desk.rows('analyze complaint_words');
    }, 120_000);

    /** As it is found after PostgreSQL has counted. */
    function find(query: string, scope: 'ALL' | readonly string[]): Promise<Found> {
      return new ComplaintSearch(desk.service.dataSource).find(query, scope);
    }

    async function planOf(search: string): Promise<string> {
      const rows = await desk.rows<{ 'QUERY PLAN': string }>(
        `explain select complaint_id from complaint_words where terms @> $1::text[] and words like all($2::text[])
         limit ${mostFoundIds + 1}`,
        [bigrams(search).filter((term) => term.length === 2), [`%${search}%`]],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    }

    it('are found by the index of pairs, a word of two characters among 30,000 texts at once', async () => {
      expect(await planOf('锅炉')).toContain('complaint_words_terms');
      const begin = performance.now();
      const rare = await find('锅炉', 'ALL');
      expect(performance.now() - begin).toBeLessThan(500);
      expect(rare).toMatchObject({ kind: 'IDS' });
      expect(rare.kind === 'IDS' && rare.ids.length).toBe(12);
      const ours = await find('锅炉', [desk.theirs]);
      expect(ours.kind === 'IDS' && ours.ids.length).toBe(12);
      expect(await find('锅炉', [])).toEqual({ kind: 'NONE' });
    });

    it('are looked for along the list where nearly every text has them', async () => {
      const { id } = await desk.file(1, { content: '小区门口停车难' });
      const common = await find('小区', 'ALL');
      expect(common.kind).toBe('MANY');
      expect(await found('小区')).toEqual([id]);
      expect(await found('小区 停车难')).toEqual([id]);
      // One in fifty: not so many that they could not be looked up.
      const sold = '二手房过户';
      await desk.rows(
        `update complaint_words set words = words || $1, terms = terms || $2::text[]
         where complaint_id in (select complaint_id from complaint_words where project_id = $3 order by 1 limit 600)`,
        [sold, bigrams(sold), desk.theirs],
      );
      await desk.rows('analyze complaint_words');
      expect((await find('过户', 'ALL')).kind).toBe('MANY');
      expect((await find('过户 锅炉', 'ALL')).kind).not.toBe('MANY');
    });

    it.each([
      ...['锅炉', '锅炉 小区', '小区 锅炉2500', '锅炉7500 过户', '过户 30000', '手房过户', '二手房过户 锅炉'],
      ...['物业服务中心 锅炉', '车辆停放等问题12345', '9 9999', '锅炉 无此词', '车辆 照明 17499', '7500'],
    ])('are the same as by looking at every text: %s', async (search) => {
      const words = search.split(' ').map((word) => `%${searchedText(word)}%`);
      for (const scope of ['ALL', [desk.theirs]] as const) {
        const looked = await desk.rows<{ id: string }>(
          `select complaint_id as id from complaint_words
           where words like all($1::text[]) and ($2::uuid[] is null or project_id = any($2)) order by 1`,
          [words, scope === 'ALL' ? null : scope],
        );
        const result = await find(search, scope);
        if (result.kind === 'MANY') expect(result.patterns).toEqual(words);
        else {
          expect(result.kind === 'IDS' ? [...result.ids].sort() : []).toEqual(looked.map(({ id }) => id));
        }
      }
    });
  });
});
