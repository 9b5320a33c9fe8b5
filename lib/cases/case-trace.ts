import { z } from "zod";
import { STAGES } from "./case";

const at = z.iso.datetime();

export const caseEventView = z.object({
  id: z.uuid(),
  kind: z.string().describe("A code such as stage, taken_over, consent_given, answer_positive."),
  from: z.enum(STAGES).nullable(),
  to: z.enum(STAGES).nullable(),
  actorRole: z.string(),
  actorName: z.string().nullable(),
  note: z.string().nullable(),
  at,
});
export type CaseEventView = z.output<typeof caseEventView>;

interface CaseEventFacts {
  id: string;
  kind: string;
  fromStage: (typeof STAGES)[number] | null;
  toStage: (typeof STAGES)[number] | null;
  actorRole: string;
  actorName: string | null;
  note: string | null;
  at: Date;
}

export function caseEventViewOf(event: CaseEventFacts): CaseEventView {
  const { id, kind, actorRole, actorName, note } = event;
  return {
    id,
    kind,
    from: event.fromStage,
    to: event.toStage,
    actorRole,
    actorName,
    note,
    at: event.at.toISOString(),
  };
}

export const accessLogView = z.object({
  id: z.uuid(),
  event: z.string().describe("What happened: case.viewed, record.downloaded, consent.withdrawn."),
  who: z.string().nullable().describe("The name; null for the portal itself."),
  role: z.string(),
  clinic: z.string().nullable(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  purpose: z.string().nullable(),
  at,
});
export type AccessLogView = z.output<typeof accessLogView>;

interface AccessLogFacts {
  id: string;
  event: string;
  actorName: string | null;
  actorRole: string;
  clinicId: string | null;
  objectType: string;
  objectId: string | null;
  purpose: string | null;
  at: Date;
}

export function accessLogViewOf(
  row: AccessLogFacts,
  clinicSlugs: ReadonlyMap<string, string>,
): AccessLogView {
  const { id, event, actorName: who, actorRole: role, objectType, objectId, purpose } = row;
  const clinic = row.clinicId ? (clinicSlugs.get(row.clinicId) ?? null) : null;
  return { id, event, who, role, clinic, objectType, objectId, purpose, at: row.at.toISOString() };
}
