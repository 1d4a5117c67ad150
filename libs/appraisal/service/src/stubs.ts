import { entityStub } from '@anju/subgraph';

/** Entities of other services that this one adds fields to. */
export const StaffStub = entityStub('Staff', { extended: true });

/** Entities of other services that this one only refers to. */
export const ProjectStub = entityStub('Project', { extended: false });
export const OrganisationStub = entityStub('Organisation', { extended: false });
