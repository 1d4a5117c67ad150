import { entityStub } from '@anju/subgraph';

/** Entities of other services that this one adds fields to. */
export const CustomerStub = entityStub('Customer', { extended: true });
export const StaffStub = entityStub('Staff', { extended: true });

/** Entities of other services that this one only refers to. */
export const ProjectStub = entityStub('Project', { extended: false });
export const UnitStub = entityStub('Unit', { extended: false });
export const InteractionStub = entityStub('Interaction', { extended: false });
export const ComplaintStub = entityStub('Complaint', { extended: false });
