import { isRefused } from '@anju/kernel';
import { rule } from '@anju/testing';
import { complaintStatuses, type ComplaintState, type ComplaintStatus } from './complaint';
import {
  acknowledge,
  assign,
  close,
  environment,
  fileForm,
  join,
  pause,
  promiseCall,
  report,
  resolve,
  respond,
  resume,
  Story,
  visit,
  wall,
  aReceipt,
  type ComplaintCommand,
} from './complaint-story';
import { attachToComplaint, detachFromComplaint } from './attachments';
import { changeComplaintCauseClass, recordComplaintProgress } from './handling';
import { reopenComplaint } from './outcome';
import {
  acceptHandOver,
  approveReply,
  confirmReceipt,
  draftReply,
  handOver,
  issueCompanyForm,
  issueNotice,
  joinInto,
  link,
  nameCoordinator,
  passOn,
  refuseHandOver,
  reportMeasures,
  reportResult,
  reviseForm,
  reviseReply,
  reviseReport,
  sendBackReply,
  sendReply,
  split,
  submitReply,
  tryVisit,
  urge,
  withCompanyForm,
  withDocuments,
  withdrawReply,
  withMember,
  withOffer,
  withReply,
} from './complaint-work-story';
import { addComplaintFacts, nameComplaintStaff, raiseComplaintSeverity } from './severity-commands';
import { complaintTransitions, type ComplaintCommandName } from './transitions';

const now = '2026-03-02 11:00';
const reopen: ComplaintCommand = (state, at, env) =>
  reopenComplaint(state, { by: 'staff-lin', reason: 'The lift stands again.', channel: null }, at, env);

const attaching = {
  files: [{ id: 'file-1', name: 'lift.jpg', contentType: 'image/jpeg', size: 100 }],
  ...{ notUsable: [], note: null },
};

/** Each command in a form that is refused for nothing but the status. */
const commands: Record<ComplaintCommandName, ComplaintCommand> = {
  acknowledgeComplaint: acknowledge,
  assignComplaint: (state, at, env) => assign({ ...state, handlerId: null }, at, env),
  respondToComplaint: respond,
  recordComplaintProgress: (state, at, env) =>
    recordComplaintProgress(state, { by: 'staff-li', text: 'Part ordered.', toldBy: null }, at, env),
  promiseComplaintCallback: promiseCall,
  pauseComplaintClocks: pause(),
  resumeComplaintClocks: (state, at, env) => resume(waiting(state), at, env),
  addComplaintFacts: (state, at, env) =>
    addComplaintFacts(state, { by: 'staff-li', facts: ['MEDIA_EXPOSURE'], note: null }, at, env),
  nameComplaintStaff: (state, at) =>
    nameComplaintStaff(state, { by: 'staff-lin', staffIds: ['staff-qian'] }, at),
  raiseComplaintSeverity: (state, at, env) =>
    raiseComplaintSeverity(state, { by: 'staff-lin', to: 'MAJOR', reason: 'An old feud.' }, at, env),
  changeComplaintCauseClass: (state, at) =>
    changeComplaintCauseClass(state, { by: 'staff-lin', to: 'CLASS_2', reason: 'Built that way.' }, at),
  joinComplaint: join('customer-99'),
  fileDemandForm: fileForm,
  attachToComplaint: (state, at, env) =>
    attachToComplaint(state, { ...attaching, by: 'staff-zhou' }, at, env),
  detachFromComplaint: (state, at) => {
    const [attachment] = attaching.files.map((file) => ({
      ...file,
      addedAt: at,
      by: 'staff-zhou',
      note: null,
    }));
    const attached = { ...state, attachments: [{ ...attachment!, removal: null }] };
    const command = { by: 'staff-lin', attachmentId: 'file-1', reason: 'Not of this case.' };
    return detachFromComplaint(attached, command, at);
  },
  resolveComplaint: resolve,
  recordReturnVisit: visit(4),
  submitSpecialReport: report,
  reopenComplaint: reopen,
  closeComplaint: close,
  draftComplaintReply: draftReply,
  reviseComplaintReply: (state, at, env) => reviseReply('Tomorrow.')(withReply(state), at, env),
  submitComplaintReply: (state, at, env) => submitReply(withReply(state), at, env),
  approveComplaintReply: (state, at, env) => approveReply(withReply(state, 'IN_APPROVAL'), at, env),
  sendBackComplaintReply: (state, at, env) => sendBackReply(withReply(state, 'IN_APPROVAL'), at, env),
  sendComplaintReply: (state, at, env) => sendReply(withReply(state, 'APPROVED'), at, env),
  withdrawComplaintReply: (state, at, env) => withdrawReply(withReply(state), at, env),
  issueComplaintNotice: (state, at, env) => issueNotice()({ ...state, causeClass: 'CLASS_2' }, at, env),
  nameComplaintCoordinator: (state, at, env) => nameCoordinator({ ...state, causeClass: 'CLASS_3' }, at, env),
  issueCompanyDemandForm: issueCompanyForm,
  reportCompanyMeasures: (state, at, env) => reportMeasures(withCompanyForm(state), at, env),
  reportCompanyResult: (state, at, env) => reportResult(withCompanyForm(state, true), at, env),
  reviseDemandForm: (state, at, env) => reviseForm(withDocuments(state), at, env),
  reviseSpecialReport: (state, at, env) => reviseReport(withDocuments(state), at, env),
  confirmDocumentReceipt: (state, at, env) => confirmReceipt()(withDocuments(state), at, env),
  handOverComplaint: (state, at, env) => handOver({ ...state, handlerId: 'staff-li' }, at, env),
  acceptComplaintHandOver: (state, at, env) => acceptHandOver(withOffer(state), at, env),
  refuseComplaintHandOver: (state, at, env) => refuseHandOver(withOffer(state), at, env),
  passOnComplaint: passOn(),
  recordComplaintUrging: urge,
  recordReturnVisitAttempt: tryVisit,
  linkComplaint: link('case-2'),
  joinComplaintInto: joinInto('case-2'),
  splitComplaint: (state, at, env) => split('customer-98')(withMember(state, 'customer-98'), at, env),
};

/** A hot case in each status, with everything owed still outstanding but at closing. */
const stories: Record<ComplaintStatus, () => Story> = {
  RECEIVED: () => new Story(aReceipt({ facts: ['LAWSUIT_LIKELY'], handlerId: 'staff-li' })),
  ACKNOWLEDGED: () => stories.RECEIVED().at(now, acknowledge),
  IN_HANDLING: () => stories.ACKNOWLEDGED().at(now, respond),
  RESOLVED: () => stories.IN_HANDLING().at(now, resolve),
  CLOSED: () => stories.RESOLVED().at(now, fileForm, visit(4), report, close),
  REOPENED: () => stories.RESOLVED().at(now, reopen),
  JOINED: () => stories.IN_HANDLING().at(now, joinInto('case-2')),
};

/** The case with what it owes the customer waiting for him. */
function waiting(state: ComplaintState): ComplaintState {
  const decision = pause()({ ...state, namedStaffIds: [] }, wall(now), environment);
  return isRefused(decision) ? state : { ...decision.state, namedStaffIds: state.namedStaffIds };
}

/** For closing alone nothing may be owed; while it is handled, a call is what can wait for the customer. */
function statusFor(status: ComplaintStatus, command: ComplaintCommandName): ComplaintState {
  const story = stories[status]();
  if (status === 'RESOLVED' && command === 'closeComplaint') story.at(now, fileForm, visit(4), report);
  if (status === 'IN_HANDLING' && /^(pause|resume)/.test(command)) story.at(now, promiseCall);
  return story.state;
}

const matrix = complaintStatuses.flatMap((status) =>
  (Object.keys(commands) as ComplaintCommandName[]).map((command) => ({ status, command })),
);

describe('transitions', () => {
  rule.each(matrix)('CMP-12', 'in $status, $command is allowed as the table says', ({ status, command }) => {
    const state = statusFor(status, command);
    expect(state.status).toBe(status);
    const { from, to } = complaintTransitions[command];
    const decision = commands[command](state, wall(now), environment);
    if ((from as readonly ComplaintStatus[]).includes(status)) {
      expect(decision).toMatchObject({ outcome: 'accepted', state: { status: to ?? status } });
    } else {
      expect(isRefused(decision) && decision.refusal).toEqual({
        code: 'COMPLAINT_NOT_IN_REQUIRED_STATUS',
        data: { command, status, allowedIn: from },
      });
    }
  });

  const openToTheNamed: ComplaintCommandName[] = [
    'acknowledgeComplaint',
    'promiseComplaintCallback',
    'addComplaintFacts',
    'nameComplaintStaff',
    'raiseComplaintSeverity',
    'joinComplaint',
    'reopenComplaint',
    'confirmDocumentReceipt',
    'refuseComplaintHandOver',
    'passOnComplaint',
    'recordComplaintUrging',
    'linkComplaint',
  ];

  rule.each(Object.keys(commands).map((command) => ({ command: command as ComplaintCommandName })))(
    'CMP-15',
    'an employee whom the complaint names passes on what he hears but handles nothing: $command',
    ({ command }) => {
      const [status] = complaintTransitions[command].from;
      const everybody = ['staff-zhou', 'staff-lin', 'staff-li', 'staff-he', 'staff-guan', 'staff-zhi'];
      const state = { ...statusFor(status, command), namedStaffIds: everybody };
      const decision = commands[command](state, wall(now), environment);
      if (openToTheNamed.includes(command)) expect(decision.outcome).toBe('accepted');
      else {
        expect(isRefused(decision) && decision.refusal).toEqual({
          code: 'NAMED_EMPLOYEE_CANNOT_HANDLE',
          data: { staffId: expect.stringMatching(/^staff-/) as string },
        });
      }
    },
  );

  rule(
    'CMP-12',
    'every status is reached from the first one, and none but that of a joined case is the last',
    () => {
      const reach = (from: ComplaintStatus): Set<ComplaintStatus> => {
        const reached = new Set<ComplaintStatus>([from]);
        for (const status of reached) {
          for (const { from: sources, to } of Object.values(complaintTransitions)) {
            if (to && (sources as readonly ComplaintStatus[]).includes(status)) reached.add(to);
          }
        }
        return reached;
      };
      expect([...reach('RECEIVED')].sort()).toEqual([...complaintStatuses].sort());
      expect(reach('CLOSED')).toEqual(reach('REOPENED'));
      // What was joined into another case goes on there.
      expect([...reach('JOINED')]).toEqual(['JOINED']);
    },
  );

  rule('CMP-13', 'a refused command leaves the case as it was', () => {
    for (const { status, command } of matrix) {
      const state = stories[status]().state;
      const before = structuredClone(state);
      commands[command](state, wall(now), environment);
      expect(state).toEqual(before);
    }
  });
});
