import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

const offerFields =
  'UnitOffer { id status version unitTypeCode bedrooms unitPrice unit { id } project { id } }';
const listFields = `Readiness { id status version missing project { id }
  items { item reference issuedOn expiresOn recordedAt recordedBy { id } } }`;

describe('what has to be there before anybody buys', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  let homes = 0;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-01 09:00');
  });
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const codeOf = async (name: string, input: Row, who = office.fang): Promise<string | undefined> =>
    (await office.command(who, name, input)).code;
  const faultOf = async (name: string, input: Row, who = office.fang): Promise<Row | undefined> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`;
    return (await office.ask(who, source, { input })).errors?.[0]?.extensions;
  };
  const line = async (change: Row = {}): Promise<Row> => ({
    ...{ projectId: office.ours, unitId: await office.home(`8-1-${1100 + (homes += 1)}`) },
    ...{ unitTypeCode: 'B2', bedrooms: 3, unitPrice: '15800' },
    ...change,
  });

  describe('the price list', () => {
    it('has one line for a unit, with its type and its price by area', async () => {
      const input = await line();
      const offered = await office.done(office.fang, 'offerUnit', input, offerFields);
      expect(offered).toMatchObject({
        ...{ status: 'OFFERED', unitTypeCode: 'B2', bedrooms: 3, unitPrice: '15800.00' },
        unit: { id: input['unitId'] },
      });
      const again = await office.command(
        office.fang,
        'offerUnit',
        input,
        'UnitAlreadyOffered { unitOfferId }',
      );
      expect(again).toMatchObject({ code: 'UNIT_ALREADY_OFFERED', unitOfferId: offered['id'] });
      const [unit] = await office.entities(office.he, 'Unit', [input['unitId'] as string], 'offer { id }');
      expect(unit).toEqual({ offer: { id: offered['id'] } });
      expect((await office.published(offered['id'] as string))[0]).toMatchObject({
        ...{ type: 'unit-offered.v1', data: { unitPrice: '15800.00', unitTypeCode: 'B2' } },
      });
    });

    it('takes one of several who offer the same unit at the same instant', async () => {
      const input = await line();
      const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf('offerUnit', input)));
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes.filter((code) => code === 'UNIT_ALREADY_OFFERED')).toHaveLength(5);
    });

    it('changes its prices, takes units off and puts them on again', async () => {
      const { id } = await office.done(office.fang, 'offerUnit', await line(), offerFields);
      const unitOfferId = id as string;
      const change = { unitOfferId, unitPrice: '15900.5' };
      expect(await office.done(office.fang, 'changeUnitPrice', change, offerFields)).toMatchObject({
        ...{ unitPrice: '15900.50', version: 2 },
      });
      expect(await office.done(office.fang, 'changeUnitPrice', change, offerFields)).toMatchObject({
        version: 2,
      });
      expect(await codeOf('changeUnitPrice', { unitOfferId, unitPrice: '0' })).toBe(
        'UNIT_PRICE_NOT_POSITIVE',
      );
      expect(await codeOf('offerUnitAgain', { unitOfferId })).toBe('UNIT_OFFER_NOT_IN_REQUIRED_STATUS');
      const withdrawn = await office.done(office.fang, 'withdrawUnitOffer', { unitOfferId }, offerFields);
      expect(withdrawn['status']).toBe('WITHDRAWN');
      expect(await codeOf('changeUnitPrice', change)).toBe('UNIT_OFFER_NOT_IN_REQUIRED_STATUS');
      const again = await office.done(office.fang, 'offerUnitAgain', { unitOfferId }, offerFields);
      expect(again).toMatchObject({ status: 'OFFERED', unitPrice: '15900.50' });
    });

    it('takes no number that cannot be right, and nothing of another project', async () => {
      expect(await codeOf('offerUnit', await line({ unitPrice: '-1' }))).toBe('UNIT_PRICE_NOT_POSITIVE');
      for (const [field, value] of [
        ['unitPrice', '15800.005'],
        ['unitPrice', '1000000000'],
        ['bedrooms', 21],
        ['bedrooms', -1],
        ['unitTypeCode', ' '],
      ] as const) {
        expect(await faultOf('offerUnit', await line({ [field]: value }))).toMatchObject({
          problems: [{ field: `input.${field}` }],
        });
      }
      const theirs = await office.home('1-1-0101', '89.32', office.theirs);
      expect(await faultOf('offerUnit', await line({ unitId: theirs }))).toMatchObject({
        problems: [{ field: 'input.unitId' }],
      });
    });

    it('is the manager’s to change, in his own project, once for one key and from the version he read', async () => {
      const input = await line({ idempotencyKey: newId() });
      expect(await faultOf('offerUnit', input, office.he)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await faultOf('offerUnit', input, office.stranger)).toMatchObject({ code: 'FORBIDDEN' });
      const { id } = await office.done(office.fang, 'offerUnit', input, offerFields);
      expect(await office.done(office.fang, 'offerUnit', input, offerFields)).toMatchObject({ id });
      const withdraw = { unitOfferId: id, expectedVersion: 5 };
      expect(await faultOf('withdrawUnitOffer', withdraw)).toMatchObject({ code: 'CONFLICT' });
      expect(await faultOf('withdrawUnitOffer', withdraw, office.stranger)).toMatchObject({
        code: 'NOT_FOUND',
      });
      const query = 'query($id: ID!) { unitOffer(id: $id) { id history { command } } }';
      expect(await office.read(office.stranger, query, { id })).toEqual({ unitOffer: null });
      expect(await office.read(office.he, query, { id })).toEqual({
        unitOffer: { id, history: [{ command: 'offerUnit' }] },
      });
    });
  });

  describe('the readiness list', () => {
    it('is one for a project, complete with its last item, and never so again once one has expired', async () => {
      const readinessId = await office.makeReady(['PRE_SALE_PERMIT']);
      expect(await codeOf('openReadiness', { projectId: office.ours })).toBe('READINESS_ALREADY_OPENED');
      const list = async () =>
        (
          await office.entities(
            office.he,
            'Project',
            [office.ours],
            `readiness { ${listFields.slice(11, -1)} }`,
          )
        )[0]!['readiness'] as Row;
      expect(await list()).toMatchObject({
        id: readinessId,
        status: 'INCOMPLETE',
        missing: ['PRE_SALE_PERMIT'],
      });

      const permit = {
        readinessId,
        item: 'PRE_SALE_PERMIT',
        reference: '沪房预字 88',
        issuedOn: '2025-12-01',
      };
      const wrong = { ...permit, issuedOn: '2026-03-02' };
      const refused = await office.command(
        office.xu,
        'recordReadinessItem',
        wrong,
        'CertificateDateNotValid { item issuedOn expiresOn today }',
      );
      expect(refused).toMatchObject({
        code: 'CERTIFICATE_DATE_NOT_VALID',
        issuedOn: '2026-03-02',
        today: '2026-03-01',
      });
      expect(await codeOf('recordReadinessItem', { ...permit, reference: ' ' }, office.xu)).toBe(
        'SALES_TEXT_MISSING',
      );
      const complete = await office.done(
        office.xu,
        'recordReadinessItem',
        { ...permit, expiresOn: '2026-03-01' },
        listFields,
      );
      expect(complete).toMatchObject({ status: 'COMPLETE', missing: [] });
      expect(complete['items']).toContainEqual({
        ...{
          item: 'PRE_SALE_PERMIT',
          reference: '沪房预字 88',
          issuedOn: '2025-12-01',
          expiresOn: '2026-03-01',
        },
        ...{ recordedAt: iso('2026-03-01 09:00'), recordedBy: { id: office.xu.staffId } },
      });
      await office.until('2026-03-02 00:00');
      expect(await list()).toMatchObject({ status: 'COMPLETE', missing: ['PRE_SALE_PERMIT'] });
    });

    it('loses an item that was recorded by mistake', async () => {
      const [project] = await office.entities(office.he, 'Project', [office.ours], 'readiness { id }');
      const readinessId = (project!['readiness'] as Row)['id'];
      const item = { readinessId, item: 'PRICE_LIST', reason: '价格表作废' };
      expect(await codeOf('withdrawReadinessItem', { ...item, reason: ' ' })).toBe('SALES_TEXT_MISSING');
      expect(await office.done(office.xu, 'withdrawReadinessItem', item, listFields)).toMatchObject({
        ...{ status: 'INCOMPLETE', missing: ['PRE_SALE_PERMIT', 'PRICE_LIST'] },
      });
      expect(await codeOf('withdrawReadinessItem', item)).toBe('READINESS_ITEM_NOT_RECORDED');
    });

    it('is kept by those who sign, in their own project', async () => {
      const input = { projectId: office.theirs };
      expect(await faultOf('openReadiness', input, office.he)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await faultOf('openReadiness', input, office.xu)).toMatchObject({ code: 'FORBIDDEN' });
      const { id } = await office.done(office.stranger, 'openReadiness', input, 'Readiness { id }');
      const item = { readinessId: id, item: 'PRICE_LIST', reference: '第一版' };
      expect(await faultOf('recordReadinessItem', item, office.xu)).toMatchObject({ code: 'NOT_FOUND' });
      expect(
        await faultOf('recordReadinessItem', { ...item, expectedVersion: 3 }, office.stranger),
      ).toMatchObject({
        code: 'CONFLICT',
      });
      const query = 'query($id: ID!) { readiness(id: $id) { id history { command } } }';
      expect(await office.read(office.xu, query, { id })).toEqual({ readiness: null });
      expect(await office.read(office.stranger, query, { id })).toMatchObject({
        readiness: { history: [{ command: 'openReadiness' }] },
      });
    });
  });
});
