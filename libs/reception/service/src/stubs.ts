import { entityStub } from '@anju/subgraph';

/** Entities of other services that this one adds fields to. */
export const CustomerStub = entityStub('Customer', { extended: true });
export const UnitStub = entityStub('Unit', { extended: true });
export const StaffStub = entityStub('Staff', { extended: true });
export const ProjectStub = entityStub('Project', { extended: true });

/** Entities of other services that this one only refers to. */
export const BuildingStub = entityStub('Building', { extended: false });
export const PartnerStub = entityStub('Partner', { extended: false });
export const ComplaintStub = entityStub('Complaint', { extended: false });
