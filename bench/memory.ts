import { wholeInstance, type InstanceMemory } from './processes';
import type { Chapter } from './report';
import { shown, spread } from './statistics';

const targetMegabytes = 350;
const bytesPerMegabyte = 1_024 ** 2;

/** What was measured of several instances; empty where the machine does not tell. */
export interface MeasuredMemory {
  /** The moment of `fresh`. */
  readonly when: string;
  readonly fresh: readonly InstanceMemory[];
  /** Right after the start. */
  readonly warm: readonly InstanceMemory[];
}

/** The memory of the whole instance is what is held against the target; its parts are shown beside it. */
export function memoryChapter({ when, fresh, warm }: MeasuredMemory): Chapter {
  const text = (
    all: readonly InstanceMemory[],
    of: (memory: InstanceMemory) => number,
    unit = 'MB',
  ): string => (all.length > 0 ? shown(spread(all.map(of)), 0, unit) : 'not told by this machine');
  const megabytes =
    (of: (memory: InstanceMemory) => number) =>
    (memory: InstanceMemory): number =>
      of(memory) / bytesPerMegabyte;
  const node = megabytes((memory) => memory.node);
  const instance = megabytes(wholeInstance);
  const target = `≤ ${targetMegabytes} MB`;
  return {
    title: 'Memory',
    method:
      'Of the fresh starts above. The whole instance is Node, all processes of PostgreSQL and the shell that ' +
      'guards it. What the processes of PostgreSQL share is counted once: PSS divides each shared page among ' +
      'those that have it. Node is counted by all its pages (RSS): the bench is Node too, and would halve those ' +
      'of the program itself.',
    figures: [
      {
        name: `resident ${when}: whole instance, Node and PostgreSQL (PSS)`,
        target,
        measured: { embedded: `${text(fresh, instance)}; Node alone ${text(fresh, node)}` },
        met: fresh.length > 0 ? spread(fresh.map(instance)).median <= targetMegabytes : null,
      },
    ],
    tables: [
      {
        title: `Memory ${when}; the target is ${target} for the whole instance`,
        head: ['what', 'resident'],
        rows: [
          ['Node process (RSS)', text(fresh, node)],
          [
            'PostgreSQL, all its processes (PSS)',
            text(
              fresh,
              megabytes(({ postgres }) => postgres),
            ),
          ],
          ['whole instance (PSS)', text(fresh, instance)],
          [
            'Node process, the most it ever had (RSS)',
            text(
              fresh,
              megabytes(({ nodePeak }) => nodePeak),
            ),
          ],
          ['Node process right after a warm start (RSS)', text(warm, node)],
          ['whole instance right after a warm start (PSS)', text(warm, instance)],
          ['PostgreSQL processes', text(fresh, ({ postgresProcesses }) => postgresProcesses, '')],
        ],
      },
    ],
  };
}
