import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type {
  CauseClass,
  ComplaintAge,
  ComplaintChannel,
  ComplaintClockKind,
  ReportShare,
  ReportableFact,
  Severity,
} from '@anju/complaints-rules';
import { complaintAges } from '@anju/complaints-rules';
import { DateScalar, DecimalScalar, graphEnum, type Stub } from '@anju/subgraph';
import {
  CauseClassEnum,
  ComplaintChannelEnum,
  ComplaintClockKindEnum,
  ReportableFactEnum,
  SeverityEnum,
} from './graph-enums';
import { ProjectStub } from './stubs';

export const ComplaintAgeEnum = graphEnum(
  'ComplaintAge',
  'How long a complaint has been open: 2 days of 24 h, a week of seven of them, a calendar month.',
  complaintAges,
);

@InputType({ description: 'Which report; of whole months, or of any days.' })
export class ComplaintReportInput {
  @Field(() => [ID], {
    nullable: true,
    description: 'Of these projects; of all that you may see unless told.',
  })
  projectIds?: string[] | null;

  @Field(() => DateScalar, { description: "First day, in the project's time." })
  from: string;

  @Field(() => DateScalar, { description: 'Last day, included; at most 366 days in all.' })
  to: string;
}

const now = { description: 'In the period.' };
const before = { description: 'In the period before.' };

@ObjectType({ simpleResolvers: true, description: 'A number of the period, and of the period before.' })
export class ReportCount {
  @Field(() => Int, now)
  current: number;

  @Field(() => Int, before)
  previous: number;
}

@ObjectType('ReportShare', { simpleResolvers: true, description: 'So many of so many.' })
export class ReportSharePart implements ReportShare {
  @Field(() => Int, { description: 'So many.' })
  part: number;

  @Field(() => Int, { description: 'Of so many.' })
  whole: number;

  @Field(() => DecimalScalar, { nullable: true, description: 'Null where there was nothing to divide by.' })
  percent: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A share of the period, and of the period before.' })
export class ComparedShare {
  @Field(() => ReportSharePart, now)
  current: ReportSharePart;

  @Field(() => ReportSharePart, before)
  previous: ReportSharePart;
}

@ObjectType({ simpleResolvers: true, description: 'A mean of the period, and of the period before.' })
export class ComparedMean {
  @Field(() => DecimalScalar, { nullable: true, ...now })
  current: string | null;

  @Field(() => DecimalScalar, { nullable: true, ...before })
  previous: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Cases received of a cause class.' })
export class CauseClassCount extends ReportCount {
  @Field(() => CauseClassEnum, { description: 'The cause class (CMP-01).' })
  causeClass: CauseClass;
}

@ObjectType({ simpleResolvers: true, description: 'Cases received that are of a severity now.' })
export class SeverityCount extends ReportCount {
  @Field(() => SeverityEnum, { description: 'The severity (CMP-02).' })
  severity: Severity;
}

@ObjectType({ simpleResolvers: true, description: 'Cases received by a channel.' })
export class ComplaintChannelCount extends ReportCount {
  @Field(() => ComplaintChannelEnum, { description: 'The channel.' })
  channel: ComplaintChannel;
}

@ObjectType({ simpleResolvers: true, description: 'Cases received about a topic.' })
export class ComplaintTopicCount extends ReportCount {
  @Field(() => String, { description: 'Code of the topic.' })
  topic: string;
}

@ObjectType({ simpleResolvers: true, description: 'Cases received about a topic, by whose cause it was.' })
export class ComplaintCauseCount extends ComplaintTopicCount {
  @Field(() => CauseClassEnum, { description: 'Whose cause it was (CMP-01).' })
  causeClass: CauseClass;
}

@ObjectType({ simpleResolvers: true, description: 'Cases received of which a fact is known.' })
export class ReportableFactCount extends ReportCount {
  @Field(() => ReportableFactEnum, { description: 'The fact (CMP-02).' })
  fact: ReportableFact;
}

@ObjectType({ simpleResolvers: true, description: 'Cases open at the end of the period that are so old.' })
export class ComplaintAgeCount extends ReportCount {
  @Field(() => ComplaintAgeEnum, { description: 'How old.' })
  age: ComplaintAge;
}

@ObjectType({ simpleResolvers: true, description: 'Duties of one kind that were due in a period.' })
export class ClockFigures {
  @Field(() => Int, { description: 'Done in time.' })
  kept: number;

  @Field(() => Int, { description: 'Missed, done late or not.' })
  missed: number;

  @Field(() => Int, { description: 'Missed, and not done yet.' })
  undone: number;

  @Field(() => Int, { description: 'Not due yet.' })
  pending: number;

  @Field(() => ReportSharePart, { description: 'Kept of all that were kept or missed.' })
  keptShare: ReportSharePart;
}

@ObjectType({ simpleResolvers: true, description: 'Duties of one kind, by the day on which they were due.' })
export class ClockReport {
  @Field(() => ComplaintClockKindEnum, { description: 'The kind of duty.' })
  kind: ComplaintClockKind;

  @Field(() => ClockFigures, now)
  current: ClockFigures;

  @Field(() => ClockFigures, before)
  previous: ClockFigures;
}

@ObjectType({ simpleResolvers: true, description: 'What return visits found, by the day of the visit.' })
export class SatisfactionReport {
  @Field(() => ReportCount, { description: 'Visits.' })
  visits: ReportCount;

  @Field(() => ComparedMean, {
    description: 'Mean satisfaction, 1 to 5.',
  })
  mean: ComparedMean;

  @Field(() => [Int], { description: 'Visits of the period with 1, 2, 3, 4 and 5 points.' })
  points: number[];

  @Field(() => ReportCount, {
    description: 'Visits that the customers declined: they count as kept, and are none of `visits`.',
  })
  declined: ReportCount;

  @Field(() => ReportCount, {
    description:
      'Visits that fell away as no customer of the case was reached: neither kept nor missed by that.',
  })
  unreachable: ReportCount;
}

@ObjectType({ simpleResolvers: true, description: 'The figures of one project in the period.' })
export class ProjectReport {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => ProjectStub, { nullable: true, description: 'The project of `projectId`.' })
  project: Stub;

  @Field(() => Int, { description: 'Cases received.' })
  received: number;

  @Field(() => Int, { description: 'Of these hot now.' })
  hot: number;

  @Field(() => Int, { description: 'Of these major now.' })
  major: number;

  @Field(() => Int, { description: 'Cases resolved, and still so.' })
  resolved: number;

  @Field(() => Int, { description: 'Cases open at the end of the period.' })
  openAtEnd: number;

  @Field(() => ReportSharePart, { description: 'Duties kept of all that were kept or missed.' })
  clocksKept: ReportSharePart;

  @Field(() => ReportSharePart, {
    description: 'Of the cases that were resolved once, those that came back.',
  })
  secondComplaints: ReportSharePart;

  @Field(() => DecimalScalar, { nullable: true, description: 'Mean satisfaction; null without a visit.' })
  satisfaction: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The regular report upward (CMP-16): figures of a period beside those of the period before.',
})
export class ComplaintReport {
  @Field(() => DateScalar, { description: 'First day.' })
  from: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to: string;

  @Field(() => DateScalar, { description: 'First day of the period before.' })
  previousFrom: string;

  @Field(() => DateScalar, { description: 'Last day of the period before.' })
  previousTo: string;

  @Field(() => Date, { description: 'What was known then is in it.' })
  madeAt: Date;

  @Field(() => ReportCount, {
    description: 'Cases received, also those that were joined into another later (并案).',
  })
  received: ReportCount;

  @Field(() => ReportCount, { description: 'Of the cases received those that are not closed now.' })
  receivedAndOpen: ReportCount;

  @Field(() => ReportCount, { description: 'Of the cases received those with several customers (CMP-14).' })
  ofSeveralCustomers: ReportCount;

  @Field(() => ReportCount, { description: 'Cases resolved, and still so.' })
  resolved: ReportCount;

  @Field(() => ReportCount, { description: 'Cases closed, and still so.' })
  closed: ReportCount;

  @Field(() => ReportCount, { description: 'Cases open at the end of the period, whenever they came in.' })
  openAtEnd: ReportCount;

  @Field(() => ComparedMean, { description: 'Mean hours from receipt to resolution, of the cases resolved.' })
  hoursToResolution: ComparedMean;

  @Field(() => [CauseClassCount], { description: 'Cases received by cause class, all three.' })
  byCauseClass: CauseClassCount[];

  @Field(() => [SeverityCount], { description: 'Cases received by severity, all three, the gravest first.' })
  bySeverity: SeverityCount[];

  @Field(() => [ComplaintChannelCount], {
    description: 'Cases received by channel, the most frequent first.',
  })
  byChannel: ComplaintChannelCount[];

  @Field(() => [ComplaintTopicCount], { description: 'The most frequent topics, at most 20.' })
  topics: ComplaintTopicCount[];

  @Field(() => [ComplaintCauseCount], {
    description: 'The most frequent causes: topic by class, at most 20.',
  })
  causes: ComplaintCauseCount[];

  @Field(() => [ReportableFactCount], { description: 'What made cases grave, as far as it was reported.' })
  facts: ReportableFactCount[];

  @Field(() => [ComplaintAgeCount], { description: 'How old the cases open at the end were, all ages.' })
  ages: ComplaintAgeCount[];

  @Field(() => [ClockReport], {
    description: 'Duties kept and missed, kinds of which none was due left out.',
  })
  clocks: ClockReport[];

  @Field(() => ComparedShare, {
    description:
      'Of the cases received that were resolved once, those that came back (CMP-02); one that was joined into ' +
      'another counts with that one.',
  })
  secondComplaints: ComparedShare;

  @Field(() => SatisfactionReport, { description: 'What return visits found (CMP-12).' })
  satisfaction: SatisfactionReport;

  @Field(() => [ProjectReport], { description: 'By project, those with the most cases first.' })
  projects: ProjectReport[];
}
