import type { Decision } from '@anju/kernel';
import { rule } from '@anju/testing';
import {
  addPartnerContact,
  assignPartnerProjects,
  changeServicePromise,
  endPartnership,
  partnerKinds,
  partnerStatuses,
  partnerTransitions,
  promisedArrivalAt,
  registerPartner,
  removePartnerContact,
  renamePartner,
  resumePartnership,
} from './partner';
import type { PartnerFact, PartnerState } from './partner';
import { defaultDirectoryPolicy as policy } from './policy';
import { accepted, aPartner, aPhone, dayOne, problemsOf, refusal } from './testing/builders';

const command = {
  partnerId: 'p-1',
  organisationId: 'organisation',
  kind: 'BROADBAND',
  name: '电信公司',
  contacts: [{ contactId: 'c-1', name: '何工', phone: '10000', duty: '报障' }],
  arrivalHours: 5.5,
  projectIds: ['project-jx', 'project-jx'],
};

describe('partners', () => {
  rule('DIR-04', 'a partner has a kind, contacts and a service promise', () => {
    const { state, facts } = accepted(registerPartner(command, policy));
    expect(state).toEqual({
      id: 'p-1',
      organisationId: 'organisation',
      status: 'ACTIVE',
      kind: 'BROADBAND',
      name: '电信公司',
      contacts: [{ id: 'c-1', name: '何工', phone: aPhone('10000'), duty: '报障' }],
      arrivalHours: 5.5,
      projectIds: ['project-jx'],
    });
    expect(facts).toEqual([
      {
        type: 'PartnerRegistered',
        projectId: null,
        partnerId: 'p-1',
        organisationId: 'organisation',
        kind: 'BROADBAND',
        arrivalHours: 5.5,
        projectIds: ['project-jx'],
        active: true,
      },
    ]);
  });

  rule.each(partnerKinds)('DIR-04', 'a partner can be of kind %s', (kind) => {
    expect(accepted(registerPartner({ ...command, kind }, policy)).state.kind).toBe(kind);
  });

  rule('DIR-04', 'everything that is wrong is named at once', () => {
    const contacts = [{ contactId: 'c-1', name: '1', phone: '1', duty: '\u0007' }];
    expect(
      problemsOf(registerPartner({ ...command, kind: 'MAGIC', name: '', contacts, arrivalHours: 0 }, policy)),
    ).toEqual([
      'kind UNKNOWN_VALUE',
      'name REQUIRED',
      'contacts.0.name CHARACTER_NOT_ALLOWED',
      'contacts.0.phone FORMAT',
      'contacts.0.duty CHARACTER_NOT_ALLOWED',
      'arrivalHours OUT_OF_RANGE',
    ]);
  });

  rule.each([-1, 0, 0.25, 720.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'DIR-04',
    'a promise of %d hours is refused',
    (arrivalHours) => {
      expect(problemsOf(changeServicePromise(aPartner(), { arrivalHours }, policy))).toEqual([
        'arrivalHours OUT_OF_RANGE',
      ]);
    },
  );

  rule.each([0.5, 1, 5.5, 720])('DIR-04', 'a promise of %d hours is taken', (arrivalHours) => {
    const partner = aPartner({ arrivalHours: null });
    expect(accepted(changeServicePromise(partner, { arrivalHours }, policy)).state).toMatchObject({
      arrivalHours,
    });
  });

  rule(
    ['DIR-04', 'CAL-04'],
    'the promised arrival is so many elapsed hours after the call, day and night',
    () => {
      expect(promisedArrivalAt({ arrivalHours: 5.5 }, dayOne)).toEqual(new Date('2026-03-02T14:30:00+08:00'));
      const lateOnFriday = new Date('2026-03-06T22:00:00+08:00');
      expect(promisedArrivalAt({ arrivalHours: 24 }, lateOnFriday)).toEqual(
        new Date('2026-03-07T22:00:00+08:00'),
      );
      expect(promisedArrivalAt({ arrivalHours: null }, dayOne)).toBeNull();
    },
  );

  const contact = { contactId: 'c-2', phone: '0755-82345678' };
  const commands: Record<
    keyof typeof partnerTransitions,
    (state: PartnerState) => Decision<PartnerState, PartnerFact>
  > = {
    renamePartner: (state) => renamePartner(state, { name: '联通公司' }, policy),
    changeServicePromise: (state) => changeServicePromise(state, { arrivalHours: null }, policy),
    assignPartnerProjects: (state) => assignPartnerProjects(state, { projectIds: ['project-2'] }),
    addPartnerContact: (state) => addPartnerContact(state, contact, policy),
    removePartnerContact: (state) => removePartnerContact(state, { contactId: 'contact-1' }),
    endPartnership: (state) => endPartnership(state),
    resumePartnership: (state) => resumePartnership(state),
  };
  const names = Object.keys(commands) as (keyof typeof partnerTransitions)[];
  const matrix = partnerStatuses.flatMap((status) => names.map((name) => ({ status, name })));

  rule.each(matrix)('DIR-04', '$name of a partner that is $status', ({ status, name }) => {
    const transition = partnerTransitions[name];
    const decision = commands[name](aPartner({ status }));
    if ((transition.from as readonly string[]).includes(status)) {
      const { state, facts } = accepted(decision);
      expect(state.status).toBe(transition.to);
      expect(facts).toMatchObject([{ type: 'PartnerChanged', active: transition.to === 'ACTIVE' }]);
    } else {
      expect(refusal(decision)).toEqual({
        code: 'PARTNER_STATUS_OUT_OF_ORDER',
        data: { command: name, status, allowedFrom: transition.from },
      });
    }
  });

  rule('DIR-04', 'what is so already changes nothing', () => {
    const partner = aPartner();
    expect(accepted(renamePartner(partner, { name: '电信公司' }, policy)).facts).toEqual([]);
    expect(accepted(changeServicePromise(partner, { arrivalHours: 4 }, policy)).facts).toEqual([]);
    expect(accepted(assignPartnerProjects(partner, { projectIds: ['project-jx'] })).facts).toEqual([]);
  });

  rule('DIR-04', 'contacts come and go', () => {
    const two = accepted(addPartnerContact(aPartner(), contact, policy)).state;
    expect(two.contacts[1]).toEqual({ id: 'c-2', name: null, phone: aPhone('0755-82345678'), duty: null });
    expect(accepted(removePartnerContact(two, { contactId: 'contact-1' })).state.contacts).toHaveLength(1);
    const office = { ...contact, name: '维修2组' };
    expect(accepted(addPartnerContact(aPartner(), office, policy)).state.contacts[1]!.name).toBe('维修2组');
    expect(refusal(removePartnerContact(two, { contactId: 'x' }))).toEqual({
      code: 'PARTNER_CONTACT_NOT_FOUND',
      data: { contactId: 'x' },
    });
    expect(problemsOf(addPartnerContact(aPartner(), contact, { ...policy, maxContacts: 1 }))).toEqual([
      'contacts TOO_MANY',
    ]);
    expect(problemsOf(addPartnerContact(aPartner(), { ...contact, phone: '' }, policy))).toEqual([
      'phone REQUIRED',
    ]);
    expect(problemsOf(renamePartner(aPartner(), { name: '' }, policy))).toEqual(['name REQUIRED']);
  });
});
