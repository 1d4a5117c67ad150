import { brokerObstacle } from '@anju/kafka';

// For the project of Jest that runs the journeys on separate processes: read by `platform.ts`.
process.env['ANJU_JOURNEY_MODE'] = 'distributed';
// Every due time on the way of a clock is a round through all processes and the broker.
jest.setTimeout(300_000);

const obstacle = brokerObstacle();
if (obstacle !== null) {
  if (process.env['CI'] === 'true') throw new Error(obstacle);
  process.stderr.write(`SKIPPED: the journeys on separate processes: ${obstacle}\n`);
  // The one place besides `describeWithBroker` where tests may be left out: the machine cannot run them.
  // eslint-disable-next-line no-restricted-properties
  globalThis.describe = describe.skip;
}
