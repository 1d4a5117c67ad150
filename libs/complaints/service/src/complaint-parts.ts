import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  Acknowledgement,
  CallbackPromise,
  CauseClassChange,
  ClockPause,
  ComplaintAgeing,
  ComplaintClock,
  ComplaintDeadline,
  ComplaintMember,
  ComplaintProgress,
  ComplaintResponse,
  KnownFact,
  LinkedCase,
  SeverityRaise,
} from '@anju/complaints-rules';
import {
  CauseClassEnum,
  ComplaintClockKindEnum,
  ComplaintDeadlineKindEnum,
  LinkedCaseRelationEnum,
  ReportableFactEnum,
  SeverityEnum,
  TellingChannelEnum,
} from './graph-enums';

/* The parts of a complaint as the graph shows them: the rules' own values, kept as JSON with the case. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType('ComplaintClockPause', {
  simpleResolvers: true,
  description: 'A time in which a duty stood still because the customer was waited for; it does not count.',
})
export class ClockPausePart implements ClockPause {
  @Field(() => Date, { description: 'From when.' })
  pausedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Until when; null while it lasts.' })
  resumedAt: Date | null;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'What the customer was waited for.' })
  reason: string;
}

@ObjectType('ComplaintClock', {
  simpleResolvers: true,
  description: 'A duty with a due time. What has become of it is set once and never taken back.',
})
export class ComplaintClockPart implements ComplaintClock {
  @Field(() => Int, { description: 'Within the case, in the order in which the duties arose.' })
  sequence: number;

  @Field(() => ComplaintClockKindEnum, { description: 'What has to be done.' })
  kind: ComplaintClock['kind'];

  @Field(() => SeverityEnum, {
    nullable: true,
    description: 'The severity whose reaching asked for a demand form; null for other duties.',
  })
  forSeverity: ComplaintClock['forSeverity'];

  @Field(() => Date, { description: 'When the duty arose.' })
  startedAt: Date;

  @Field(() => Date, {
    description: 'Done before this instant, it is done in time. While it is paused, what it was till then.',
  })
  dueAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'The date that the quality centre has set (CMP-10); null where the rule gives it.',
  })
  setDueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When a warning is given; null for none.' })
  warnAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the warning was given.' })
  warnedAt: Date | null;

  /** Shown through `whoWaits`. */
  waitingFor: ComplaintClock['waitingFor'];

  @Field(() => [ClockPausePart], { description: 'When it stood still, and why.' })
  pauses: ComplaintClock['pauses'];

  /** Shown in minutes. */
  leftMillis: number | null;

  @Field(() => Int, {
    description: 'The version of the policy that the due time was computed with; 0: built in.',
  })
  policyVersion: number;

  @Field(() => Int, { description: 'The version of the calendar that it was computed with; 0: built in.' })
  calendarVersion: number;

  @Field(() => Date, { nullable: true, description: 'When it was done, in time or late.' })
  metAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'The due time, once it passed with the duty undone.' })
  missedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the duty fell away before it was done.' })
  lapsedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it came from a case that ended in this one (并案); null for a duty of its own.',
  })
  carriedAt: Date | null;
}

@ObjectType('ComplaintMember', {
  simpleResolvers: true,
  description: 'A customer of the case; the number of different ones is the size of the group (CMP-14).',
})
export class ComplaintMemberPart implements ComplaintMember {
  @Field(() => ID, { description: 'The customer’s id.' })
  customerId: string;

  @Field(() => Date, { description: 'When the customer joined the case.' })
  joinedAt: Date;

  @Field(() => ID, { nullable: true, description: 'The contact through which the customer joined.' })
  interactionId: string | null;
}

@ObjectType('KnownComplaintFact', {
  simpleResolvers: true,
  description: 'A fact that severity is computed from; once known it stays known (CMP-02).',
})
export class KnownFactPart implements KnownFact {
  @Field(() => ReportableFactEnum, { description: 'What is known.' })
  fact: KnownFact['fact'];

  @Field(() => Date, { description: 'Since when it is known.' })
  knownAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { nullable: true, description: 'What was noted with it.' })
  note: string | null;
}

@ObjectType('SeverityRaise', {
  simpleResolvers: true,
  description: 'The severity was raised by hand (CMP-02).',
})
export class SeverityRaisePart implements SeverityRaise {
  @Field(() => SeverityEnum, { description: 'To which severity.' })
  to: SeverityRaise['to'];

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;
}

@ObjectType('ComplaintAcknowledgement', {
  simpleResolvers: true,
  description: 'The customer was thanked and told that an answer will come (致谢, CMP-04).',
})
export class AcknowledgementPart implements Acknowledgement {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => TellingChannelEnum, { description: 'How the customer was told.' })
  channel: Acknowledgement['channel'];
}

@ObjectType('ComplaintResponse', {
  simpleResolvers: true,
  description: 'A handling response to the customer (CMP-05).',
})
export class ComplaintResponsePart implements ComplaintResponse {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => TellingChannelEnum, { description: 'How the customer was told.' })
  channel: ComplaintResponse['channel'];

  @Field(() => String, { description: 'What the customer was told will be done.' })
  text: string;
}

@ObjectType('ComplaintProgress', { simpleResolvers: true, description: 'A step of the handling.' })
export class ComplaintProgressPart implements ComplaintProgress {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'What was done or found.' })
  text: string;

  @Field(() => TellingChannelEnum, {
    nullable: true,
    description: 'How the customer was told of it; null when not told.',
  })
  toldBy: ComplaintProgress['toldBy'];
}

@ObjectType('ComplaintCallbackPromise', {
  simpleResolvers: true,
  description: 'The customer was promised a call within two days (CMP-06).',
})
export class CallbackPromisePart implements CallbackPromise {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ID, { nullable: true, description: 'Who; null for all of the case.' })
  customerId: string | null;

  @Field(() => String, { nullable: true, description: 'What the call is to be about.' })
  note: string | null;
}

@ObjectType('CauseClassChange', {
  simpleResolvers: true,
  description: 'The cause class was corrected (CMP-01).',
})
export class CauseClassChangePart implements CauseClassChange {
  @Field(() => CauseClassEnum, { description: 'Before.' })
  from: CauseClassChange['from'];

  @Field(() => CauseClassEnum, { description: 'After.' })
  to: CauseClassChange['to'];

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;
}

@ObjectType('LinkedCase', {
  simpleResolvers: true,
  description: 'Another case that this one led to, or came from (CMP-12).',
})
export class LinkedCasePart implements LinkedCase {
  @Field(() => ID, { description: 'The other case.' })
  complaintId: string;

  @Field(() => LinkedCaseRelationEnum, { description: 'Which came first.' })
  relation: LinkedCase['relation'];
}

@ObjectType('ComplaintAgeing', {
  simpleResolvers: true,
  description: 'When an unresolved case becomes hot and major by its age alone (CMP-03).',
})
export class AgeingPart implements ComplaintAgeing {
  @Field(() => Date, {
    description: 'From when its age counts: its receipt, or an older case’s that it took in.',
  })
  countsFromAt: Date;

  @Field(() => Date, { description: 'A week (7 × 24 h) later.' })
  becomesHotAt: Date;

  @Field(() => Date, { description: 'A calendar month later.' })
  becomesMajorAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it is warned that the case will be hot.' })
  hotWarnAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it is warned that the case will be major.' })
  majorWarnAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When that warning was given.' })
  warnedOfHotAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When that warning was given.' })
  warnedOfMajorAt: Date | null;

  @Field(() => Int, { description: 'The version of the policy that the instants come from; 0: built in.' })
  policyVersion: number;

  @Field(() => Int, { description: 'The version of the calendar that they come from; 0: built in.' })
  calendarVersion: number;

  @Field(() => Date, { nullable: true, description: 'Set when the case was a week old unresolved.' })
  wasUnresolvedForAWeekAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Set when the case was a month old unresolved.' })
  wasUnresolvedForAMonthAt: Date | null;
}

@ObjectType('ComplaintDeadline', {
  simpleResolvers: true,
  description: 'Something that is still to fall due for a case.',
})
export class DeadlinePart implements ComplaintDeadline {
  @Field(() => ComplaintDeadlineKindEnum, { description: 'What falls due.' })
  kind: ComplaintDeadline['kind'];

  @Field(() => Date, { description: 'When.' })
  dueAt: Date;
}
