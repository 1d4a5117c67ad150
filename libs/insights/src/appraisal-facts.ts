import { appraisalEvents } from '@anju/events';
import { on, type EventHandler } from '@anju/outbox';
import { put, set } from './facts';

/** Who is appraised is not kept: a sheet is one person's, and how many there are is all that is asked (INS-04). */
const sheets: EventHandler[] = [
  on(appraisalEvents.schemeVersionAdded, ({ data }, tx) =>
    put(tx, 'fact_scheme', { id: data.schemeId }, { level: data.level }),
  ),
  on(appraisalEvents.appraisalOpened, ({ data }, tx) =>
    put(
      tx,
      'fact_appraisal',
      { id: data.appraisalId },
      {
        project_id: data.projectId,
        scheme_id: data.schemeId,
        kind: data.kind,
        period_to: data.periodTo,
        opened_at: data.at,
      },
    ),
  ),
  on(appraisalEvents.appraisalAnnounced, ({ data }, tx) =>
    set(tx, 'fact_appraisal', data.appraisalId, 'announced_at = $2, total = $3', data.at, data.total),
  ),
  ...[appraisalEvents.appraisalAcknowledged, appraisalEvents.appraisalUnanswered].map((contract) =>
    on(contract, ({ data }, tx) =>
      set(tx, 'fact_appraisal', data.appraisalId, 'final_at = $2, total = $3', data.at, data.total),
    ),
  ),
  on(appraisalEvents.appraisalAppealed, ({ data }, tx) =>
    set(tx, 'fact_appraisal', data.appraisalId, 'appealed_at = $2', data.at),
  ),
  on(appraisalEvents.appealDecided, ({ data }, tx) =>
    set(
      tx,
      'fact_appraisal',
      data.appraisalId,
      'appeal_decided_at = $2, final_at = $2, appeal_outcome = $3, total = $4',
      data.at,
      data.outcome,
      data.total,
    ),
  ),
  on(appraisalEvents.appraisalCancelled, ({ data }, tx) =>
    set(tx, 'fact_appraisal', data.appraisalId, 'cancelled_at = $2', data.at),
  ),
];

const evidence: EventHandler[] = [
  on(appraisalEvents.evidenceArrived, ({ data }, tx) =>
    put(
      tx,
      'fact_evidence',
      { id: data.evidenceId },
      { project_id: data.projectId, kind: data.kind, arrived_at: data.at },
    ),
  ),
  on(appraisalEvents.evidenceScored, ({ data }, tx) =>
    set(tx, 'fact_evidence', data.evidenceId, `decision = 'SCORED', decided_at = $2`, data.at),
  ),
  on(appraisalEvents.evidenceDismissed, ({ data }, tx) =>
    set(tx, 'fact_evidence', data.evidenceId, `decision = 'DISMISSED', decided_at = $2`, data.at),
  ),
  on(appraisalEvents.evidenceWithdrawn, ({ data }, tx) =>
    set(tx, 'fact_evidence', data.evidenceId, 'withdrawn_at = $2', data.at),
  ),
];

export const appraisalFacts: readonly EventHandler[] = [...sheets, ...evidence];
