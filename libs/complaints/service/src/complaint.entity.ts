import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  awaitedStep,
  clockStatus,
  complaintDeadlines,
  groupSize,
  isOver,
  openHandOver,
  severities,
  type ComplaintState,
  type ReplyApprover,
} from '@anju/complaints-rules';
import { AggregateEntity } from '@anju/subgraph';
import {
  ClosingPart,
  ReopeningPart,
  ResolutionPart,
  ReturnVisitPart,
  ReturnVisitAttemptPart,
} from './complaint-outcome-parts';
import {
  DemandFormPart,
  SpecialReportPart,
  CompanyDemandFormPart,
  ComplaintNoticePart,
} from './complaint-paper-parts';
import {
  AcknowledgementPart,
  AgeingPart,
  CallbackPromisePart,
  CauseClassChangePart,
  ComplaintClockPart,
  ComplaintMemberPart,
  ComplaintProgressPart,
  ComplaintResponsePart,
  KnownFactPart,
  LinkedCasePart,
  SeverityRaisePart,
} from './complaint-parts';
import { ComplaintReplyPart } from './complaint-reply-parts';
import {
  ComplaintHandOverPart,
  ComplaintPassingPart,
  ComplaintSplitPart,
  ComplaintUrgingPart,
  JoinedIntoPart,
} from './complaint-work-parts';
import { ContactWordsPart } from './contact-words-part';
import { CauseClassEnum, ComplaintChannelEnum, ComplaintStatusEnum, SeverityEnum } from './graph-enums';
import { ReplyApproverEnum } from './work-enums';

/** 投诉 */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A complaint case (投诉) with all that happened in it.' })
@Entity('complaint')
export class Complaint extends AggregateEntity implements ComplaintState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Field(() => String, {
    description: 'Project code, C, date of receipt and the day’s sequence, such as `JX-C20260302-001`.',
  })
  @Column('text')
  number: string;

  @Field(() => ComplaintStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: ComplaintState['status'];

  /** Closed or joined. The indexes of what is open ask this and not the status, which changes at many a step. */
  @Column('boolean')
  isOver: boolean;

  @Field(() => CauseClassEnum, { description: '一类, 二类 or 三类 (CMP-01).' })
  @Column('text')
  causeClass: ComplaintState['causeClass'];

  @Field(() => SeverityEnum, { description: '一般, 热点 or 重大, computed from facts (CMP-02).' })
  @Column('text')
  severity: ComplaintState['severity'];

  @JsonColumn()
  subject: ComplaintState['subject'];

  @Field(() => String, {
    nullable: true,
    description: 'The complaint in words; null when none have come to the case.',
  })
  @Column('text', { nullable: true })
  content: string | null;

  @Field(() => [ContactWordsPart], {
    description: 'What was said in each contact that belongs to the case, as far as it is known here.',
  })
  @JsonColumn()
  contactWords: ComplaintState['contactWords'];

  @Field(() => ComplaintChannelEnum, { description: 'How it came in.' })
  @Column('text')
  channel: ComplaintState['channel'];

  @Field(() => Date, { description: 'All clocks of the receipt run from here.' })
  @Column('timestamptz')
  receivedAt: Date;

  @Column('text')
  receivedBy: string;

  @Field(() => Boolean, {
    description:
      'True: it is answered by replies that were approved, alone (CMP-08): `draftComplaintReply`, not ' +
      '`respondToComplaint`.',
  })
  @Column('boolean')
  answersNeedApproval: boolean;

  @Field(() => [ComplaintPassingPart], {
    description: 'When the developer’s customer-relations centre passed it on (CMP-07).',
  })
  @JsonColumn()
  passings: ComplaintState['passings'];

  @Field(() => [ComplaintMemberPart], { description: 'The customers in the case (CMP-14).' })
  @JsonColumn()
  members: ComplaintState['members'];

  @Column('uuid', { array: true })
  interactionIds: ComplaintState['interactionIds'];

  @Field(() => [KnownFactPart], { description: 'What is known that severity depends on (CMP-02).' })
  @JsonColumn()
  facts: ComplaintState['facts'];

  @Field(() => [SeverityRaisePart], { description: 'Raisings of the severity by hand (CMP-02).' })
  @JsonColumn()
  raises: ComplaintState['raises'];

  @Field(() => AgeingPart, { description: 'When age alone makes it hot and major (CMP-03).' })
  @JsonColumn()
  ageing: ComplaintState['ageing'];

  @Field(() => String, { nullable: true, description: 'Code of the responsible department (CMP-04).' })
  @Column('text', { nullable: true })
  responsibleDepartment: string | null;

  @Column('uuid', { nullable: true })
  handlerId: string | null;

  @Column('uuid', { array: true })
  namedStaffIds: ComplaintState['namedStaffIds'];

  @Field(() => AcknowledgementPart, { nullable: true, description: 'Thanks and acknowledgement (CMP-04).' })
  @JsonColumn({ nullable: true })
  acknowledgement: ComplaintState['acknowledgement'];

  @Field(() => [ComplaintResponsePart], { description: 'Handling responses to the customer (CMP-05).' })
  @JsonColumn()
  responses: ComplaintState['responses'];

  @Field(() => [ComplaintProgressPart], { description: 'Steps of the handling.' })
  @JsonColumn()
  progress: ComplaintState['progress'];

  @Field(() => [CallbackPromisePart], { description: 'Calls that were promised to customers (CMP-06).' })
  @JsonColumn()
  callbackPromises: ComplaintState['callbackPromises'];

  @Field(() => [DemandFormPart], { description: 'Demand forms (客户诉求处理表) sent (CMP-11).' })
  @JsonColumn()
  demandForms: ComplaintState['demandForms'];

  @Field(() => [ResolutionPart], { description: 'Results; the last one holds while it is resolved.' })
  @JsonColumn()
  resolutions: ComplaintState['resolutions'];

  @Field(() => Date, { nullable: true, description: 'When it was resolved, while it is resolved or closed.' })
  @Column('timestamptz', { nullable: true })
  resolvedAt: Date | null;

  @Field(() => [ReturnVisitPart], { description: 'Return visits (回访, CMP-12).' })
  @JsonColumn()
  returnVisits: ComplaintState['returnVisits'];

  @Field(() => [SpecialReportPart], { description: 'Special reports (专题报告) submitted (CMP-11).' })
  @JsonColumn()
  specialReports: ComplaintState['specialReports'];

  @Field(() => [ClosingPart], { description: 'When it was closed; more than once if it was taken up again.' })
  @JsonColumn()
  closings: ComplaintState['closings'];

  @Field(() => Date, { nullable: true, description: 'When it was closed, while it is closed.' })
  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  @Field(() => [ReopeningPart], { description: 'Each is a second complaint (CMP-02).' })
  @JsonColumn()
  reopenings: ComplaintState['reopenings'];

  @Field(() => [CauseClassChangePart], { description: 'Corrections of the cause class.' })
  @JsonColumn()
  causeClassChanges: ComplaintState['causeClassChanges'];

  @Field(() => [LinkedCasePart], { description: 'Cases that came from this one, or that it came from.' })
  @JsonColumn()
  linkedCases: ComplaintState['linkedCases'];

  @JsonColumn()
  attachments: ComplaintState['attachments'];

  @Field(() => [ComplaintReplyPart], { description: 'Replies that have to be approved (CMP-08).' })
  @JsonColumn()
  replies: ComplaintState['replies'];

  @Field(() => [ComplaintNoticePart], { description: 'Written notices by cause class (CMP-09).' })
  @JsonColumn()
  notices: ComplaintState['notices'];

  @Column('uuid', { nullable: true })
  coordinatorId: string | null;

  @Field(() => [CompanyDemandFormPart], { description: 'Demand forms of the company (CMP-10).' })
  @JsonColumn()
  companyForms: ComplaintState['companyForms'];

  @JsonColumn()
  documentReceipts: ComplaintState['documentReceipts'];

  @Field(() => [ComplaintHandOverPart], { description: 'Offers of the case to other handlers.' })
  @JsonColumn()
  handOvers: ComplaintState['handOvers'];

  @Field(() => [ComplaintUrgingPart], { description: 'When customers asked again (催办).' })
  @JsonColumn()
  urgings: ComplaintState['urgings'];

  @Field(() => [ReturnVisitAttemptPart], { description: 'Return visits that did not come about.' })
  @JsonColumn()
  returnVisitAttempts: ComplaintState['returnVisitAttempts'];

  @Field(() => [ComplaintSplitPart], { description: 'Members who got a case of their own.' })
  @JsonColumn()
  splits: ComplaintState['splits'];

  @Field(() => JoinedIntoPart, {
    nullable: true,
    description: 'The case in which this one ended, as it turned out to be the same (并案).',
  })
  @JsonColumn({ nullable: true })
  joinedInto: ComplaintState['joinedInto'];

  @Field(() => [ComplaintClockPart], { description: 'All duties with a due time, done or not.' })
  @JsonColumn()
  clocks: ComplaintState['clocks'];

  @Field(() => String, { description: 'What it is about: a code such as `LIFT`.' })
  @Column('text')
  topic: string;

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('uuid', { nullable: true })
  buildingId: string | null;

  @Column('uuid', { array: true })
  customerIds: readonly string[];

  @Field(() => Int, { description: 'The number of different customers in the case (CMP-14).' })
  @Column('int')
  groupSize: number;

  @Field(() => Date, {
    nullable: true,
    description: 'When the next thing falls due; null when nothing does.',
  })
  @Column('timestamptz', { nullable: true })
  nextDueAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when a duty is overdue and still undone; null when none is.',
  })
  @Column('timestamptz', { nullable: true })
  overdueSinceAt: Date | null;

  /** When the next duty falls due that can still be done in time; null when none is. Ages are no duties. */
  @Column('timestamptz', { nullable: true })
  dutyDueAt: Date | null;

  /** Kinds of duties that were missed, done late or not at all. */
  @Column('text', { array: true })
  missedClocks: readonly string[];

  @Column('int')
  secondComplaints: number;

  /** 0 general, 1 hot, 2 major. */
  @Column('int')
  severityRank: number;

  /** The last instant of all that it has: nothing of it counts for a period that begins later. */
  @Column('timestamptz')
  activeUntilAt: Date;

  @Field(() => Int, { description: 'How often customers urged (催办).' })
  @Column('int')
  urgingCount: number;

  /** To whom the case is offered; null while it is offered to nobody. */
  @Column('uuid', { nullable: true })
  offeredToId: string | null;

  @Field(() => ReplyApproverEnum, {
    nullable: true,
    description: 'Whose approval the reply that was submitted first waits for; null when none does (CMP-08).',
  })
  @Column('text', { nullable: true })
  replyAwaits: ReplyApprover | null;

  /** The contact from whose event the case was opened; no contact opens two. */
  @Column('uuid', { nullable: true })
  openedFromInteractionId: string | null;
}

/** Columns that lists, filters and loaders ask by, from the state. */
export function complaintQueryColumns(
  state: ComplaintState,
): Pick<
  Complaint,
  | 'isOver'
  | 'topic'
  | 'unitId'
  | 'buildingId'
  | 'customerIds'
  | 'groupSize'
  | 'nextDueAt'
  | 'overdueSinceAt'
  | 'dutyDueAt'
  | 'missedClocks'
  | 'secondComplaints'
  | 'severityRank'
  | 'activeUntilAt'
  | 'urgingCount'
  | 'offeredToId'
  | 'replyAwaits'
> {
  const missed = state.clocks.flatMap((clock) =>
    clockStatus(clock) === 'MISSED' && clock.missedAt ? [clock.missedAt] : [],
  );
  const running = state.clocks.flatMap((clock) => (clockStatus(clock) === 'RUNNING' ? [clock.dueAt] : []));
  return {
    isOver: isOver(state.status),
    ...state.subject,
    customerIds: state.members.map((member) => member.customerId),
    groupSize: groupSize(state),
    nextDueAt: complaintDeadlines(state)[0]?.dueAt ?? null,
    urgingCount: state.urgings.length,
    offeredToId: openHandOver(state)?.toHandlerId ?? null,
    replyAwaits: isOver(state.status)
      ? null
      : (state.replies.map(awaitedStep).find(Boolean)?.approver ?? null),
    overdueSinceAt: earliest(missed),
    dutyDueAt: earliest(running),
    missedClocks: [...new Set(state.clocks.flatMap(({ kind, missedAt }) => (missedAt ? [kind] : [])))],
    secondComplaints: state.reopenings.length,
    severityRank: severities.indexOf(state.severity),
    activeUntilAt: lastInstantOf(state),
  };
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((first, at) => (first && first <= at ? first : at), null);
}

function lastInstantOf({ receivedAt, resolvedAt, closedAt, clocks, returnVisits }: ComplaintState): Date {
  const instants = [
    receivedAt,
    ...[resolvedAt, closedAt].filter((at) => at !== null),
    ...clocks.map(({ dueAt }) => dueAt),
    ...returnVisits.map(({ at }) => at),
  ];
  return instants.reduce((last, at) => (at > last ? at : last));
}
