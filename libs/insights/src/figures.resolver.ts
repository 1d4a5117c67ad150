import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { projectScope } from '@anju/access';
import { isId, type Clock } from '@anju/kernel';
import { label } from '@anju/labels';
import {
  DateScalar,
  DecimalScalar,
  Requires,
  graphEnum,
  inOrderOf,
  principalOf,
  type RequestContext,
} from '@anju/subgraph';
import { figureCatalogue, type FigureId } from './figure-catalogue';
import { readFigures } from './figures.reader';
import type { MetricUnit } from './metric';
import { MetricUnitEnum } from './metrics.resolver';
import { ProjectStub } from './project-stub';

export const FigureIdEnum = graphEnum(
  'FigureId',
  'The figures of a project of today.',
  figureCatalogue.map((figure) => figure.id),
  Object.fromEntries(
    figureCatalogue.map(({ id, definition: [zhCN, en] }) => [id, { description: `${en} (${zhCN})` }]),
  ),
);

@ObjectType({ simpleResolvers: true, description: 'One figure of a project.' })
export class Figure {
  @Field(() => FigureIdEnum)
  id: FigureId;

  @Field(() => String, { description: 'In the language of the request.' })
  label: string;

  @Field(() => MetricUnitEnum)
  unit: MetricUnit;

  @Field(() => DecimalScalar)
  value: string;
}

@ObjectType({ simpleResolvers: true, description: 'The figures of a project as they are now.' })
export class Figures {
  @Field(() => DateScalar, { description: "The project's own day, which figures of today are of." })
  day: string;

  @Field(() => [Figure])
  all: Figure[];
}

@Resolver(() => ProjectStub)
export class ProjectFiguresResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  @Requires('insights.metrics.read')
  @FieldResolver(() => Figures, {
    nullable: true,
    description: 'Its figures of today; null outside the projects in which the reader sees metrics.',
  })
  figures(@Root() project: ProjectStub, @Ctx() context: RequestContext): Promise<Figures | null> {
    return context.loaders.load('Project.figures', project.id, async (ids) => {
      const scope = projectScope(principalOf(context), 'insights.metrics.read');
      const seen = ids.filter((id) => isId(id) && (scope === 'ALL' || scope.includes(id)));
      const rows = await readFigures(this.dataSource, seen, this.clock.now());
      const found = inOrderOf(ids, rows, (row) => row.projectId);
      return found.map(
        (row) =>
          row && {
            day: row.day,
            all: figureCatalogue.map(({ id, unit }) => ({
              id,
              unit,
              label: label('FigureId', id, context.locale),
              value: row.values[id],
            })),
          },
      );
    });
  }
}
