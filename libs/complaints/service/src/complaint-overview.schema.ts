import { Field, Int, ObjectType } from 'type-graphql';
import type { CauseClass, ComplaintStatus, Severity } from '@anju/complaints-rules';
import type { Stub } from '@anju/subgraph';
import { CauseClassEnum, ComplaintStatusEnum, SeverityEnum } from './graph-enums';
import { StaffStub } from './stubs';

const howMany = { description: 'How many.' };

@ObjectType({ simpleResolvers: true, description: 'How many complaints are in a status.' })
export class ComplaintsInStatus {
  @Field(() => ComplaintStatusEnum, { description: 'The status.' })
  status: ComplaintStatus;

  @Field(() => Int, howMany)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many complaints are of a severity.' })
export class ComplaintsOfSeverity {
  @Field(() => SeverityEnum, { description: 'The severity.' })
  severity: Severity;

  @Field(() => Int, howMany)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many complaints are of a cause class.' })
export class ComplaintsOfCauseClass {
  @Field(() => CauseClassEnum, { description: 'The cause class.' })
  causeClass: CauseClass;

  @Field(() => Int, howMany)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many complaints an employee handles.' })
export class ComplaintsOfHandler {
  @Field(() => StaffStub, { nullable: true, description: 'The employee.' })
  handler: Stub;

  @Field(() => Int, howMany)
  count: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many complaints a department is responsible for.' })
export class ComplaintsOfDepartment {
  @Field(() => String, { description: 'Code of the department.' })
  departmentCode: string;

  @Field(() => Int, howMany)
  count: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How many complaints a filter leaves, and of which kinds; what there are none of is left out.',
})
export class ComplaintOverview {
  @Field(() => Int, { description: 'How many in all, as far as they were counted.' })
  total: number;

  @Field(() => Boolean, {
    description: 'False where there are more than 50,000: then the 50,000 received last were counted.',
  })
  isComplete: boolean;

  @Field(() => Int, { description: 'With a duty past its due time and undone.' })
  overdue: number;

  @Field(() => Int, { description: 'Without a handler.' })
  unassigned: number;

  @Field(() => [ComplaintsInStatus], { description: 'By status.' })
  byStatus: ComplaintsInStatus[];

  @Field(() => [ComplaintsOfSeverity], { description: 'By severity.' })
  bySeverity: ComplaintsOfSeverity[];

  @Field(() => [ComplaintsOfCauseClass], { description: 'By cause class.' })
  byCauseClass: ComplaintsOfCauseClass[];

  @Field(() => [ComplaintsOfHandler], { description: 'By handler, at most 50, those with the most first.' })
  byHandler: ComplaintsOfHandler[];

  @Field(() => [ComplaintsOfDepartment], {
    description: 'By responsible department, at most 50, those with the most first.',
  })
  byDepartment: ComplaintsOfDepartment[];
}
