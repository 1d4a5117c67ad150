import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Requires, principalOf, type RequestContext } from '@anju/subgraph';
import type { ComplaintReports } from './complaint-report';
import { ComplaintReport, ComplaintReportInput } from './complaint-report.schema';

/** The regular report upward, as data; as a document it is at `/files/complaints/report.pdf` and `.html`. */
@Resolver()
export class ComplaintReportResolver {
  constructor(private readonly reports: ComplaintReports) {}

  @Requires('complaints.report.read')
  @Query(() => ComplaintReport, {
    description: 'The regular report upward (CMP-16): figures only, no person is named in it.',
  })
  complaintReport(
    @Arg('input', () => ComplaintReportInput) input: ComplaintReportInput,
    @Ctx() context: RequestContext,
  ): Promise<ComplaintReport> {
    return this.reports.make(input, principalOf(context));
  }
}
