import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dayOneBeginsAt, playSetting, StoryTeller, type Setting } from '@anju/demonstration';
import { serviceNames } from '@anju/distributed';
import { runFolder, testTemplates } from '@anju/testing';
import type { Ground, Started } from './platform';

/** 锦绣花园 as it was played before, and what a platform needs that goes on with it. */
export interface PreparedSetting {
  /** By service, the database to copy. */
  readonly templates: ReadonlyMap<string, string>;
  readonly setting: Setting;
  /** How many commands the story had. */
  readonly commandsTold: number;
  /** What was logged meanwhile. */
  readonly logged: readonly string[];
  /** Puts the keys and accounts into another data directory. */
  readonly copyFiles: (dataDir: string) => void;
}

interface Written {
  readonly projectId: string;
  readonly ids: Readonly<Record<Exclude<keyof Setting, 'projectId'>, readonly (readonly [string, string])[]>>;
  readonly commandsTold: number;
  readonly logged: readonly string[];
}

const recordFile = 'setting.json';
/** Of the processes that played it, and of no use to others. */
const leftOut = ['logs', recordFile];

function written({ projectId, ...maps }: Setting): Pick<Written, 'projectId' | 'ids'> {
  const { buildingIds, unitIds, customerIds, partnerIds } = maps;
  return {
    projectId,
    ids: {
      buildingIds: [...buildingIds],
      unitIds: [...unitIds],
      customerIds: [...customerIds],
      partnerIds: [...partnerIds],
    },
  };
}

function read({ projectId, ids }: Written): Setting {
  return {
    projectId,
    buildingIds: new Map(ids.buildingIds),
    unitIds: new Map(ids.unitIds),
    customerIds: new Map(ids.customerIds),
    partnerIds: new Map(ids.partnerIds),
  };
}

/**
 * The setting of the morning of day one, played once in a test run by a platform of this kind, whichever file asks
 * first: it takes longer than most of what is tried on it.
 * @param kind of the platform that plays it
 */
export async function preparedSetting(
  kind: string,
  start: (ground: Ground) => Promise<Started>,
): Promise<PreparedSetting> {
  const dataDir = join(runFolder(), `setting-${kind}`);
  const templates = await testTemplates(`setting ${kind}`, serviceNames, async (databaseUrl) => {
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir);
    const { running, logged } = await start({ dataDir, databaseUrl, startsAt: dayOneBeginsAt });
    try {
      const teller = new StoryTeller(running, dataDir, () => undefined);
      const setting = written(await playSetting(teller));
      await running.settled();
      const record: Written = { ...setting, commandsTold: teller.commandsTold, logged: logged() };
      writeFileSync(join(dataDir, recordFile), JSON.stringify(record));
    } finally {
      await running.close();
    }
  });
  const record = JSON.parse(readFileSync(join(dataDir, recordFile), 'utf8')) as Written;
  return {
    templates,
    setting: read(record),
    commandsTold: record.commandsTold,
    logged: record.logged,
    copyFiles: (to) =>
      cpSync(dataDir, to, { recursive: true, filter: (file) => !leftOut.includes(basename(file)) }),
  };
}
