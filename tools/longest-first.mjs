import TestSequencer from '@jest/test-sequencer';

/**
 * Files that take much longer than others, the longest first. By itself Jest goes by what they took the last time,
 * and where there was none by their size: then one worker waits at the end for the other's minute.
 */
const longest = [
  'chaos.distributed',
  'bad-input-sweep.journey',
  'other-project.journey',
  'process-start.journey',
  'two-at-once.journey',
  'kafka-event-bus.int-spec',
  'process-clock.journey',
  'process-trouble.journey',
  'supervisor.int-spec',
  'embedded-postgres.int-spec',
  'replicas.distributed',
  'generated-month.journey',
  'sessions.journey',
  'import-safety.int-spec',
  'broker.int-spec',
  'service-process.int-spec',
];

function rank({ path }) {
  const place = longest.findIndex((name) => path.includes(`/${name}.`));
  return place < 0 ? longest.length : place;
}

export default class LongestFirst extends TestSequencer {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
