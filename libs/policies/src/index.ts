export {
  changedSettings,
  type PolicyPutInForce,
  type PolicyRules,
  type PolicyVersionStanding,
} from './policy-version';
export type { PolicyDefinition, PolicyPermissions } from './policy.service';
export * from './versioned-policy';
