import { References, referencesConsumer } from '@anju/references';
import type { EntityReference, ServiceDefinition } from '@anju/subgraph';
import { AppraisalCommandsResolver } from './appraisal-commands.resolver';
import { AppraisalYear } from './appraisal-year.entity';
import { AppraisalYearResolver, YearCorrectionResolver } from './appraisal-year.resolver';
import { AppraisalYearService, appraisalYearAggregate } from './appraisal-year.service';
import { Appraisal } from './appraisal.entity';
import {
  AppraisalResolver,
  CommendationResolver,
  DeductionResolver,
  sheetActorResolvers,
} from './appraisal.resolver';
import { AppraisalService, appraisalAggregate } from './appraisal.service';
import { Employees, onStaff } from './employees';
import { Evidence } from './evidence.entity';
import { EvidenceDecisionResolver, EvidenceResolver } from './evidence.resolver';
import { EvidenceService, evidenceAggregate } from './evidence.service';
import { Appraisal1764800000500 } from './migrations/1764800000500-appraisal';
import { onToldOfStaff } from './on-told-of-staff.consumer';
import { Organisations, onProject } from './organisations';
import { PersonalReads } from './personal-reads';
import { Scheme } from './scheme.entity';
import { SchemeReads, SchemeResolver, SchemeVersionResolver } from './scheme.resolver';
import { SchemeService, schemeAggregate } from './scheme.service';
import { StaffAppraisalResolver } from './staff.resolver';

/** Appraisal of staff (绩效考核): APR-01…05, 10, 11. */
export const appraisal: ServiceDefinition = {
  name: 'appraisal',
  entities: [Scheme, Appraisal, AppraisalYear, Evidence],
  migrations: [Appraisal1764800000500],
  resolverClasses: [
    SchemeResolver,
    SchemeVersionResolver,
    AppraisalResolver,
    AppraisalCommandsResolver,
    DeductionResolver,
    CommendationResolver,
    ...sheetActorResolvers,
    AppraisalYearResolver,
    YearCorrectionResolver,
    EvidenceResolver,
    EvidenceDecisionResolver,
    StaffAppraisalResolver,
  ],
  create: ({ dataSource, clock, commands }) => {
    const references = new References(dataSource);
    const organisations = new Organisations(dataSource);
    const employees = new Employees(dataSource, references);
    const reads = new PersonalReads(dataSource);
    const schemeReads = new SchemeReads(dataSource);

    const schemes = schemeAggregate(references);
    const sheets = appraisalAggregate(references);
    const years = appraisalYearAggregate(references);
    const evidence = evidenceAggregate(references, sheets);

    const evidenceService = new EvidenceService(dataSource, clock, commands, evidence);
    const yearService = new AppraisalYearService(dataSource, commands, employees, years);
    const schemesOnRecord: EntityReference = {
      typeName: 'AppraisalScheme',
      permission: 'appraisal.scheme.read',
      load: (ids, context) => schemeReads.byIds(ids, context),
    };
    return {
      resolvers: [
        new SchemeResolver(schemeReads, new SchemeService(dataSource, commands, organisations, schemes)),
        new SchemeVersionResolver(),
        new AppraisalResolver(reads, schemeReads),
        new AppraisalCommandsResolver(new AppraisalService(dataSource, commands, employees, sheets)),
        new DeductionResolver(reads),
        new CommendationResolver(reads),
        ...sheetActorResolvers.map((SheetActorResolver) => new SheetActorResolver()),
        new AppraisalYearResolver(reads, schemeReads, yearService),
        new YearCorrectionResolver(),
        new EvidenceResolver(reads, evidenceService),
        new EvidenceDecisionResolver(),
        new StaffAppraisalResolver(reads),
      ],
      references: [schemesOnRecord, ...reads.references()],
      consumers: [referencesConsumer('appraisal'), onProject(), onStaff(), onToldOfStaff(evidenceService)],
      aggregates: [schemes, sheets, years, evidence],
    };
  },
};
