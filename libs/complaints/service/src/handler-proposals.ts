import type { DataSource } from 'typeorm';
import { isRole, roleGrants } from '@anju/access';
import { complaintStatuses, isUnresolved, proposeHandlers } from '@anju/complaints-rules';
import type { ComplaintState, HandlerCandidate, HandlerProposal } from '@anju/complaints-rules';
import { handling } from './complaint-commands';
import { complaintPolicies } from './complaint-policy';

/**
 * Who may be proposed to handle a case: what the service knows of employees, and how much each has in its project
 * (CMP-04); what he has in others is not for everybody here to know.
 */
export class HandlerProposals {
  constructor(private readonly dataSource: DataSource) {}

  /** The one to be preferred first. */
  async of(complaint: ComplaintState): Promise<readonly HandlerProposal[]> {
    const candidates: HandlerCandidate[] = await this.dataSource.query(
      `select k.id as "staffId", k.data->>'departmentCode' as "departmentCode", k.data->>'position' as position,
              (select count(*)::int from complaint c
               where c.handler_id = k.id and c.project_id = $1 and c.status = any($2)) as "openCases"
       from known_reference k
       where k.kind = 'staff' and (k.project_ids = '{}' or k.project_ids @> array[$1::uuid])
         and (k.data->>'employed')::boolean
       order by k.id`,
      [complaint.projectId, complaintStatuses.filter(isUnresolved)],
    );
    const handlers = candidates.filter(({ position }) => !isRole(position) || roleGrants(position, handling));
    const policy = await complaintPolicies.of(complaint.projectId, this.dataSource.manager);
    return proposeHandlers(complaint, handlers, policy);
  }
}
