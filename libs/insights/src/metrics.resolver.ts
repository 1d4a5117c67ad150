import { Arg, Ctx, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { projectScope } from '@anju/access';
import { badInput } from '@anju/commands';
import { daysBetween } from '@anju/kernel';
import { label } from '@anju/labels';
import {
  DateScalar,
  DecimalScalar,
  Requires,
  graphEnum,
  principalOf,
  type RequestContext,
} from '@anju/subgraph';
import type { MetricDefinition, MetricUnit } from './metric';
import { metricCatalogue, type MetricId } from './metric-catalogue';
import { readMetric, type MetricQuestion } from './metrics.reader';
import { ProjectStub } from './project-stub';

export const MetricIdEnum = graphEnum(
  'MetricId',
  'The metrics of the catalogue; docs/metrics.md says what each counts.',
  metricCatalogue.map((metric) => metric.id),
  Object.fromEntries(
    metricCatalogue.map(({ id, definition: [zhCN, en] }) => [id, { description: `${en} (${zhCN})` }]),
  ),
);
export const MetricPeriodEnum = graphEnum('MetricPeriod', 'How values are put together over time.', [
  'TOTAL',
  'DAY',
  'MONTH',
]);
const units: readonly MetricUnit[] = ['COUNT', 'PERCENT', 'HOURS', 'DAYS', 'CNY', 'POINTS'];
export const MetricUnitEnum = graphEnum('MetricUnit', 'In what a metric is counted.', units);

const longestPeriodDays = 800;
const dimensionIds = [...new Set(metricCatalogue.flatMap((metric) => metric.dimensions.map(({ id }) => id)))];

@ObjectType({ simpleResolvers: true, description: 'A metric of the catalogue.' })
export class Metric {
  @Field(() => MetricIdEnum)
  id: MetricId;

  @Field(() => String, { description: 'In the language of the request.' })
  name: string;

  @Field(() => String)
  definition: string;

  @Field(() => MetricUnitEnum)
  unit: MetricUnit;

  @Field(() => String, { description: 'The context whose business it measures.' })
  owner: string;

  @Field(() => [String], { description: 'What it can be broken down by, besides project and day.' })
  dimensions: string[];

  @Field(() => [String], { description: 'Ids of the rules that it reports on.' })
  rules: string[];
}

@ObjectType({ simpleResolvers: true })
export class MetricDimensionValue {
  @Field(() => String)
  name: string;

  @Field(() => String)
  value: string;
}

@ObjectType({ simpleResolvers: true, description: 'One value of a metric.' })
export class MetricValue {
  @Field(() => MetricIdEnum)
  metric: MetricId;

  @Field(() => String, { nullable: true, description: '`YYYY-MM-DD` or `YYYY-MM`; null for the total.' })
  period: string | null;

  @Field(() => ID, { nullable: true })
  projectId: string | null;

  @Field(() => ProjectStub, { nullable: true, description: 'The project of `projectId`.' })
  project: ProjectStub | null;

  @Field(() => [MetricDimensionValue])
  dimensions: MetricDimensionValue[];

  @Field(() => DecimalScalar, { nullable: true, description: 'Null where there was nothing to divide by.' })
  value: string | null;

  @Field(() => DecimalScalar)
  numerator: string;

  @Field(() => DecimalScalar, { nullable: true })
  denominator: string | null;
}

@InputType({ description: 'Which values, of which days, broken down by what.' })
export class MetricsInput {
  @Field(() => [MetricIdEnum], { nullable: true, description: 'All unless told.' })
  metrics?: MetricId[] | null;

  @Field(() => [ID], { nullable: true, description: 'Those that you may see, unless told.' })
  projectIds?: string[] | null;

  @Field(() => DateScalar, { description: "First day, in the project's time." })
  from: string;

  @Field(() => DateScalar, { description: 'Last day, included.' })
  to: string;

  @Field(() => MetricPeriodEnum, { defaultValue: 'TOTAL' })
  period: 'TOTAL' | 'DAY' | 'MONTH';

  @Field(() => Boolean, { defaultValue: false })
  byProject: boolean;

  @Field(() => [String], { nullable: true, description: 'Names of dimensions.' })
  dimensions?: string[] | null;
}

/** Metrics for BI: figures by project and day, never a customer (INS-04). */
@Resolver()
export class MetricsResolver {
  constructor(private readonly dataSource: DataSource) {}

  @Requires('insights.metrics.read')
  @Query(() => [Metric], { description: 'What is measured.' })
  metricCatalogue(@Ctx() context: RequestContext): Metric[] {
    const language = context.locale === 'zh-CN' ? 0 : 1;
    return (metricCatalogue as readonly MetricDefinition[]).map((metric) => ({
      id: metric.id as MetricId,
      name: label('MetricId', metric.id, context.locale),
      definition: metric.definition[language],
      unit: metric.unit,
      owner: metric.owner,
      dimensions: metric.dimensions.map(({ id }) => id),
      rules: [...metric.rules],
    }));
  }

  @Requires('insights.metrics.read')
  @Query(() => [MetricValue], { description: 'Values of metrics.' })
  async metrics(
    @Arg('input', () => MetricsInput) input: MetricsInput,
    @Ctx() context: RequestContext,
  ): Promise<MetricValue[]> {
    checkPeriod(input);
    const unknown = (input.dimensions ?? []).filter((name) => !dimensionIds.includes(name));
    if (unknown.length > 0) {
      throw badInput({
        field: 'input.dimensions',
        problem: 'names what no metric has',
        expected: dimensionIds.join(', '),
      });
    }
    const scope = projectScope(principalOf(context), 'insights.metrics.read');
    const asked = input.projectIds;
    const projects: MetricQuestion['projects'] =
      scope === 'ALL' ? (asked ?? 'ALL') : asked ? asked.filter((id) => scope.includes(id)) : scope;
    const ids = input.metrics ?? metricCatalogue.map((metric) => metric.id);
    const question = { ...input, projects, metrics: ids, dimensions: input.dimensions ?? [] };
    const values = await Promise.all(ids.map((id) => readMetric(this.dataSource, question, id)));
    return values.flat().map((row) => ({
      ...row,
      project: row.projectId === null ? null : { id: row.projectId },
      dimensions: [...row.dimensions],
    }));
  }
}

function checkPeriod({ from, to }: MetricsInput): void {
  const days = daysBetween(from, to);
  if (days < 0)
    throw badInput({ field: 'input.to', problem: 'lies before from', expected: `${from} or later` });
  if (days > longestPeriodDays) {
    throw badInput({
      field: 'input.to',
      problem: `is ${days} days after from`,
      expected: `at most ${longestPeriodDays} days`,
    });
  }
}
