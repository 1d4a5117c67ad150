export {
  changedSettings,
  type PolicyPutInForce,
  type PolicyRules,
  type PolicyVersionStanding,
} from './policy-version';
export type { PolicyDefinition, PolicyPermissions } from './policy.service';
export type { PolicyEffect } from './preview';
export * from './versioned-policy';
