import {
  Files1764810000000,
  fileSettings,
  filesByPlace,
  openFileKeeping,
  type FileKeeping,
  type FileSettings,
} from '@anju/files';
import { References, referencesConsumer } from '@anju/references';
import type { Platform, ServiceDefinition } from '@anju/subgraph';
import { AttachmentResolver, AttachmentsResolver } from './attachments.resolver';
import { AttachmentsService } from './attachments.service';
import { ComplaintAssignmentResolver, ComplaintAssignmentsResolver } from './complaint-assignments.resolver';
import { ComplaintCommandsResolver } from './complaint-commands.resolver';
import {
  CallbackPromiseResolver,
  ComplaintClockResolver,
  ComplaintClocksResolver,
  ComplaintDueResolver,
} from './complaint-clocks.resolver';
import { ComplaintClocksService } from './complaint-clocks.service';
import { ComplaintDue, ComplaintsDueList } from './complaint-due';
import { ComplaintFilters } from './complaint-filters';
import { ComplaintLists } from './complaint-lists';
import { PaperPrinter } from './complaint-paper.files';
import { ComplaintPending } from './complaint-pending';
import { complaintPolicy } from './complaint-policy';
import { ComplaintPolicyEffectResolver } from './complaint-policy-effect.resolver';
import { ComplaintReports } from './complaint-report';
import { ReportPrinter } from './complaint-report.files';
import { ComplaintReportResolver } from './complaint-report.resolver';
import { complaintAggregate } from './complaint.aggregate';
import { Complaint } from './complaint.entity';
import {
  ComplaintMemberResolver,
  ComplaintResolver,
  ContactWordsResolver,
  LinkedCaseResolver,
  ReturnVisitResolver,
  partActorResolvers,
} from './complaint.resolver';
import { ComplaintService } from './complaint.service';
import {
  ComplaintWorkReadingResolver,
  HandlerProposalResolver,
  ReplyStepResolver,
} from './complaint-work-reading.resolver';
import { ComplaintWorkResolver } from './complaint-work.resolver';
import { ComplaintWorkService } from './complaint-work.service';
import { HandlerProposals } from './handler-proposals';
import { Complaints1764000000300 } from './migrations/1764000000300-complaints';
import { onCustomerMerged } from './on-customer-merged.consumer';
import { onInteractionClassified } from './on-interaction-classified.consumer';
import {
  CustomerComplaintsResolver,
  InteractionComplaintResolver,
  ProjectComplaintsResolver,
  StaffComplaintsResolver,
  UnitComplaintsResolver,
} from './related-complaints.resolver';

/** Null where the settings were not read: the rest of the service does without files. */
function keepingOf({ dataSource, cipher, logger, settings }: Platform): FileKeeping | null {
  if (!settings) return null;
  return openFileKeeping({
    ...{ dataSource, cipher, logger, service: 'complaints' },
    // Read by what `fileSettings` says.
    settings: settings as unknown as FileSettings,
    uploading: 'complaints.complaint.attach',
    reading: 'complaints.complaint.read',
  });
}

/** Complaints (投诉) from receipt to return visit: CMP-01…15. */
export const complaints: ServiceDefinition = {
  name: 'complaints',
  entities: [Complaint, ComplaintDue, ComplaintPending, ...complaintPolicy.entities],
  migrations: [Complaints1764000000300, Files1764810000000],
  settings: fileSettings,
  resolverClasses: [
    ComplaintResolver,
    ComplaintCommandsResolver,
    ComplaintClocksResolver,
    ComplaintReportResolver,
    ComplaintWorkResolver,
    ComplaintWorkReadingResolver,
    ReplyStepResolver,
    HandlerProposalResolver,
    ComplaintAssignmentsResolver,
    ComplaintAssignmentResolver,
    ComplaintClockResolver,
    ComplaintDueResolver,
    CallbackPromiseResolver,
    ComplaintMemberResolver,
    ReturnVisitResolver,
    LinkedCaseResolver,
    ContactWordsResolver,
    AttachmentsResolver,
    AttachmentResolver,
    ...partActorResolvers,
    CustomerComplaintsResolver,
    UnitComplaintsResolver,
    StaffComplaintsResolver,
    ProjectComplaintsResolver,
    InteractionComplaintResolver,
    ...complaintPolicy.resolverClasses,
    ComplaintPolicyEffectResolver,
  ],
  create: (platform) => {
    const { dataSource, clock, commands, cipher, logger } = platform;
    const references = new References(dataSource);
    const aggregate = complaintAggregate(references);
    const filters = new ComplaintFilters(dataSource, references, clock);
    const lists = new ComplaintLists(dataSource, filters);
    const reports = new ComplaintReports(dataSource, clock);
    const service = new ComplaintService(dataSource, commands, references, aggregate);
    const keeping = keepingOf(platform);
    const attachments = new AttachmentsService(commands, aggregate, keeping?.register ?? null);
    const policy = complaintPolicy.create({
      ...{ dataSource, commands, references, clock, logger },
      previewed: { aggregate, watched: ['severity'] },
    });
    const clocks = new ComplaintClocksService(commands, aggregate);
    const work = new ComplaintWorkService(dataSource, commands, references, aggregate);
    return {
      resolvers: [
        new ComplaintResolver(dataSource, lists, references, clock),
        new ComplaintCommandsResolver(service),
        new ComplaintClocksResolver(clocks, new ComplaintsDueList(dataSource), clock),
        new ComplaintReportResolver(reports),
        new ComplaintWorkResolver(work),
        new ComplaintWorkReadingResolver(dataSource, lists, new HandlerProposals(dataSource)),
        new ReplyStepResolver(clock),
        new HandlerProposalResolver(),
        new ComplaintAssignmentsResolver(dataSource),
        new ComplaintAssignmentResolver(),
        new ComplaintClockResolver(),
        new ComplaintDueResolver(lists),
        new CallbackPromiseResolver(),
        new ComplaintMemberResolver(),
        new ReturnVisitResolver(),
        new LinkedCaseResolver(lists),
        new ContactWordsResolver(),
        new AttachmentsResolver(attachments),
        new AttachmentResolver(),
        ...partActorResolvers.map((PartActorResolver) => new PartActorResolver()),
        new CustomerComplaintsResolver(lists),
        new UnitComplaintsResolver(lists),
        new StaffComplaintsResolver(lists),
        new ProjectComplaintsResolver(lists),
        new InteractionComplaintResolver(lists),
        ...policy.resolvers,
        new ComplaintPolicyEffectResolver(lists),
      ],
      references: [
        {
          typeName: 'Complaint',
          permission: 'complaints.complaint.read',
          load: (ids, context) => lists.byIds(ids, context),
        },
      ],
      consumers: [
        referencesConsumer('complaints', policy.calendarChanged),
        onInteractionClassified(commands, references, aggregate, cipher),
        onCustomerMerged(commands, aggregate),
      ],
      files: filesByPlace(
        {
          ...new ReportPrinter(dataSource, reports).places(),
          ...new PaperPrinter(dataSource, references, clock).places(),
        },
        keeping?.handler,
      ),
      aggregates: [aggregate, policy.aggregate],
      workers: [policy.recomputer, ...(keeping ? [keeping.sweeper] : [])],
    };
  },
};
