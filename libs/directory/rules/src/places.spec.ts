import { rule } from '@anju/testing';
import fc from 'fast-check';
import { registerBuilding, registerBuildingSection, setBuildingWarranty } from './building';
import { registerOrganisation, renameOrganisation } from './organisation';
import { registerParkingSpace } from './parking-space';
import {
  checkBuildingNumber,
  checkHome,
  checkParkingSpaceNumber,
  checkSectionNumber,
  checkUnitNumber,
  homeKey,
  homeText,
  unitNumberKey,
} from './place-number';
import { defaultDirectoryPolicy as policy } from './policy';
import { aBuilding, accepted, problemsOf } from './testing/builders';

describe('organisations', () => {
  rule('DIR-01', 'an organisation has a code and a name', () => {
    const command = { organisationId: 'o-1', code: 'anju', name: '安居物业有限公司' };
    const { state, facts } = accepted(registerOrganisation(command, policy));
    expect(state).toEqual({ id: 'o-1', status: 'ACTIVE', code: 'ANJU', name: '安居物业有限公司' });
    expect(facts).toEqual([
      { type: 'OrganisationRegistered', projectId: null, organisationId: 'o-1', code: 'ANJU' },
    ]);
    expect(problemsOf(registerOrganisation({ ...command, code: '1', name: '' }, policy))).toEqual([
      'code FORMAT',
      'name REQUIRED',
    ]);
    expect(accepted(renameOrganisation(state, { name: '安居服务' }, policy))).toMatchObject({
      state: { name: '安居服务' },
      facts: [{ type: 'OrganisationChanged' }],
    });
    expect(accepted(renameOrganisation(state, { name: state.name }, policy)).facts).toEqual([]);
    expect(problemsOf(renameOrganisation(state, { name: '🏠' }, policy))).toEqual([
      'name CHARACTER_NOT_ALLOWED',
    ]);
  });
});

describe('numbers of places', () => {
  rule.each([
    { check: checkBuildingNumber, input: '3', number: '3' },
    { check: checkBuildingNumber, input: '03', number: '3' },
    { check: checkBuildingNumber, input: '3栋', number: '3' },
    { check: checkBuildingNumber, input: '12号楼', number: '12' },
    { check: checkBuildingNumber, input: 'ａ座', number: 'A' },
    { check: checkBuildingNumber, input: '0', number: '0' },
    { check: checkSectionNumber, input: '2单元', number: '2' },
    { check: checkSectionNumber, input: '02', number: '2' },
    { check: checkUnitNumber, input: '1201室', number: '1201' },
    { check: checkUnitNumber, input: '0302', number: '0302' },
    { check: checkUnitNumber, input: '12a', number: '12A' },
    { check: checkParkingSpaceNumber, input: 'b1－023号车位', number: 'B1-023' },
    { check: checkParkingSpaceNumber, input: '地下A-101', number: '地下A-101' },
  ])('DIR-01', '$input is number $number', ({ check, input, number }) => {
    expect(check(input)).toEqual({ ok: true, value: number });
  });

  rule.each([
    { check: checkBuildingNumber, input: '' },
    { check: checkBuildingNumber, input: '3-2' },
    { check: checkBuildingNumber, input: '123456789' },
    { check: checkBuildingNumber, input: '三' },
    { check: checkSectionNumber, input: '单元' },
    { check: checkUnitNumber, input: '12.01' },
    { check: checkUnitNumber, input: '1201🏠' },
    { check: checkParkingSpaceNumber, input: '地下' },
    { check: checkParkingSpaceNumber, input: '1'.repeat(21) },
  ])('DIR-01', '"$input" is not a number of $check.name', ({ check, input }) => {
    expect(check(input)).toMatchObject({ ok: false, problems: [{ reason: 'FORMAT' }] });
  });

  rule.each([
    { text: '3-2-1201', home: '3-2-1201' },
    { text: '5-1-0302', home: '5-1-0302' },
    { text: '05－01－0302', home: '5-1-0302' },
    { text: '3栋2单元1201室', home: '3-2-1201' },
    { text: '3 号楼 2 单元 1201', home: '3-2-1201' },
    { text: '12号1201室', home: '12-1201' },
    { text: '3-1201', home: '3-1201' },
    { text: 'a座—2301', home: 'A-2301' },
  ])('DIR-01', '$text is home $home', ({ text, home }) => {
    const checked = checkHome(text);
    expect(checked.ok && homeText(checked.value)).toBe(home);
  });

  rule.each(['1201', '2单元1201', '1-2-3-4', '3--', '-2-1201', '3-2-12.01', '三栋二单元'])(
    'DIR-01',
    '%s is no home',
    (text) => {
      expect(checkHome(text)).toMatchObject({ ok: false, problems: [{ reason: 'FORMAT' }] });
    },
  );

  rule('DIR-01', 'every home is read back from its own text', () => {
    const number = fc.stringMatching(/^[1-9A-Z][0-9A-Z]{0,4}$/);
    fc.assert(
      fc.property(number, fc.option(number), number, (building, section, unit) => {
        const home = { building, section, number: unit };
        expect(checkHome(homeText(home))).toEqual({ ok: true, value: home });
      }),
    );
  });

  rule('DIR-01', '302 and 0302 are one home, 1302 is another', () => {
    expect(unitNumberKey('0302')).toBe(unitNumberKey('302'));
    expect(unitNumberKey('1302')).not.toBe(unitNumberKey('302'));
    const home = { building: '5', section: '1', number: '0302' };
    expect(homeKey(home)).toBe(homeKey({ ...home, number: '302' }));
    expect(homeKey(home)).not.toBe(homeKey({ ...home, section: null }));
  });
});

describe('buildings, sections and parking spaces', () => {
  rule('DIR-01', 'a building belongs to a project and has the warranty of its homes', () => {
    const command = { buildingId: 'b-5', projectId: 'p', number: '5栋', warrantyEndsOn: '2027-01-15' };
    const { state, facts } = accepted(registerBuilding(command, policy));
    expect(state).toMatchObject({ id: 'b-5', status: 'ACTIVE', number: '5', name: null });
    expect(facts).toEqual([
      {
        type: 'BuildingRegistered',
        projectId: 'p',
        buildingId: 'b-5',
        number: '5',
        warrantyEndsOn: '2027-01-15',
      },
    ]);
    const wrong = { ...command, number: '', name: '🏠', warrantyEndsOn: '9999-12-31' };
    expect(problemsOf(registerBuilding(wrong, policy))).toEqual([
      'number FORMAT',
      'name CHARACTER_NOT_ALLOWED',
      'warrantyEndsOn OUT_OF_RANGE',
    ]);
  });

  rule('DIR-01', "a building's warranty can be set, and taken away", () => {
    const building = aBuilding();
    const { state, facts } = accepted(
      setBuildingWarranty(building, { warrantyEndsOn: '2027-01-15' }, policy),
    );
    expect(state.warrantyEndsOn).toBe('2027-01-15');
    expect(facts).toMatchObject([{ type: 'BuildingChanged', warrantyEndsOn: '2027-01-15' }]);
    expect(
      accepted(setBuildingWarranty(state, { warrantyEndsOn: null }, policy)).state.warrantyEndsOn,
    ).toBeNull();
    expect(accepted(setBuildingWarranty(state, { warrantyEndsOn: '2027-01-15' }, policy)).facts).toEqual([]);
    expect(problemsOf(setBuildingWarranty(state, { warrantyEndsOn: '2027-02-30' }, policy))).toEqual([
      'warrantyEndsOn FORMAT',
    ]);
  });

  rule('DIR-01', 'a building section belongs to its building', () => {
    const { state, facts } = accepted(
      registerBuildingSection(aBuilding(), { sectionId: 's', number: '2单元' }),
    );
    const place = { projectId: 'project-jx', buildingId: 'building-3' };
    expect(state).toEqual({ id: 's', ...place, status: 'ACTIVE', number: '2' });
    expect(facts).toEqual([{ type: 'BuildingSectionRegistered', ...place, sectionId: 's', number: '2' }]);
    expect(problemsOf(registerBuildingSection(aBuilding(), { sectionId: 's', number: '-' }))).toEqual([
      'number FORMAT',
    ]);
  });

  rule('DIR-01', 'a parking space belongs to its project', () => {
    const command = { parkingSpaceId: 'c', projectId: 'p', number: 'B1-023' };
    expect(accepted(registerParkingSpace(command))).toEqual({
      outcome: 'accepted',
      state: { id: 'c', projectId: 'p', status: 'ACTIVE', number: 'B1-023' },
      facts: [{ type: 'ParkingSpaceRegistered', projectId: 'p', parkingSpaceId: 'c', number: 'B1-023' }],
    });
    expect(problemsOf(registerParkingSpace({ ...command, number: '' }))).toEqual(['number FORMAT']);
  });
});
