import { References, referencesConsumer } from '@anju/references';
import type { ServiceDefinition } from '@anju/subgraph';
import { Appraisal1764800000500 } from './migrations/1764800000500-appraisal';
import { Organisations, onProject } from './organisations';
import { Scheme } from './scheme.entity';
import { SchemeReads, SchemeResolver, SchemeVersionResolver } from './scheme.resolver';
import { SchemeService, schemeAggregate } from './scheme.service';

/** Appraisal of staff (绩效考核): APR-01…05, 10, 11. */
export const appraisal: ServiceDefinition = {
  name: 'appraisal',
  entities: [Scheme],
  migrations: [Appraisal1764800000500],
  resolverClasses: [SchemeResolver, SchemeVersionResolver],
  create: ({ dataSource, commands }) => {
    const references = new References(dataSource);
    const organisations = new Organisations(dataSource);
    const schemes = schemeAggregate(references);
    const schemeReads = new SchemeReads(dataSource);
    return {
      resolvers: [
        new SchemeResolver(schemeReads, new SchemeService(dataSource, commands, organisations, schemes)),
        new SchemeVersionResolver(),
      ],
      references: [
        {
          typeName: 'AppraisalScheme',
          permission: 'appraisal.scheme.read',
          load: (ids, context) => schemeReads.byIds(ids, context),
        },
      ],
      consumers: [referencesConsumer('appraisal'), onProject()],
      aggregates: [schemes],
    };
  },
};
