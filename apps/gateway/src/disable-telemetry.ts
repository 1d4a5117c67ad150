/**
 * @apollo/gateway reports usage to its maker unless told otherwise, and reads this when it is constructed.
 * Nothing of this graph leaves the house, so the switch is set in code, not left to an environment.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';

export {};
