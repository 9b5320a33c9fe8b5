import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { ANSWER_NOT_NEEDED } from "@/lib/messages/message";
import {
  ANSWER_SETTING,
  type AnswerClock,
  answerClockOf,
  answerTimesOf,
  inOrderOfAnswer,
} from "../thread-clock";
import { BOARD_STAGES } from "../board-move";

export interface InboxThread {
  caseId: string;
  number: string;
  contactName: string | null;
  urgent: boolean;
  ownerId: string | null;
  audience: "patient" | "centre";
  /** The centre the thread is with. */
  clinic: { slug: string; name: string } | null;
  answeredAt: Date | null;
  clock: AnswerClock;
}

interface SpokenRow {
  caseId: string;
  audience: "patient" | "centre";
  clinicId: string | null;
  answeredAt: Date | null;
  askedAt: Date | null;
}

const THREADS_SHOWN = 200;

/** The threads of this coordinator's and the on-call queue's open cases; with `isAll` those of every colleague, too. */
export function inboxFor(coordinator: Coordinator, now: Date, isAll = false): Promise<InboxThread[]> {
  return asPerson(coordinator, async (tx) => {
    const spoken = await spokenThreads(tx, coordinator.personId, isAll);
    const fresh = await freshCases(tx, coordinator, isAll, spoken);
    const rows = [...spoken, ...fresh];
    const set = await tx.setting.findUnique({ where: { key: ANSWER_SETTING }, select: { value: true } });
    const allowed = answerTimesOf(set?.value);
    const cases = await tx.case.findMany({
      where: { AND: [{ id: { in: rows.map(({ caseId }) => caseId) } }, casesOf(coordinator)] },
      select: {
        ...{ id: true, number: true, contactName: true, urgent: true },
        ...{ ownerId: true, submittedAt: true, firstAnsweredAt: true },
      },
    });
    const clinics = await tx.clinic.findMany({
      where: { id: { in: rows.flatMap(({ clinicId }) => clinicId ?? []) } },
      select: { id: true, slug: true, name: true },
    });
    const threads = rows.flatMap((row) => {
      const one = cases.find(({ id }) => id === row.caseId);
      if (!one?.submittedAt) return [];
      const { id, submittedAt, firstAnsweredAt, ...shown } = one;
      // The promise of a first answer is made to the patient; a centre is always answered next.
      const first = row.audience === "patient" ? firstAnsweredAt : submittedAt;
      const times = { ...row, urgent: one.urgent, submittedAt, firstAnsweredAt: first };
      const clinic = clinics.find((known) => known.id === row.clinicId) ?? null;
      const { audience, answeredAt } = row;
      return [
        { ...shown, caseId: id, audience, clinic, answeredAt, clock: answerClockOf(times, allowed, now) },
      ];
    });
    return inOrderOfAnswer(threads);
  });
}

/**
 * When each thread was last answered, and since when it waits. What needs no answer counts as answered, and so does a
 * patient who was reached by phone.
 */
function spokenThreads(tx: Tx, personId: string, isAll: boolean): Promise<SpokenRow[]> {
  return tx.$queryRaw<SpokenRow[]>`
    WITH own AS (
      SELECT c.id FROM "Case" c
       WHERE c."submittedAt" IS NOT NULL AND c.stage::text = ANY(${BOARD_STAGES as string[]})
         AND (${isAll} OR c."ownerId" = ${personId}::uuid OR c."ownerKind" = 'on_call')),
    spoken AS (
      SELECT m."caseId", m.audience, m."clinicId",
             max(m."sentAt") FILTER (WHERE m."authorRole" = 'coordinator') AS said
        FROM "Message" m JOIN own ON own.id = m."caseId"
       WHERE m.audience <> 'internal' GROUP BY 1, 2, 3),
    settled AS (
      SELECT s.*, GREATEST(s.said, (
          SELECT max(e.at) FROM "CaseEvent" e
           WHERE e."caseId" = s."caseId" AND e.kind = ${ANSWER_NOT_NEEDED}
             AND e.note = COALESCE((SELECT k.slug FROM "Clinic" k WHERE k.id = s."clinicId"), 'patient')), (
          SELECT max(p."madeAt") FROM "Call" p
           WHERE p."caseId" = s."caseId" AND p.state = 'reached' AND s.audience = 'patient')) AS answered
        FROM spoken s)
    SELECT t."caseId", t.audience::text AS audience, t."clinicId", t.answered AS "answeredAt", (
        SELECT min(m."sentAt") FROM "Message" m
         WHERE m."caseId" = t."caseId" AND m.audience = t.audience AND m."clinicId" IS NOT DISTINCT FROM t."clinicId"
           AND m."sentAt" > COALESCE(t.answered, '-infinity')) AS "askedAt"
      FROM settled t ORDER BY 5 ASC NULLS LAST, t.answered DESC LIMIT ${THREADS_SHOWN}`;
}

/** New cases in which nobody has said a word: they wait for their first answer all the same. */
async function freshCases(
  tx: Tx,
  coordinator: Coordinator,
  isAll: boolean,
  spoken: readonly SpokenRow[],
): Promise<SpokenRow[]> {
  const known = spoken.filter(({ audience }) => audience === "patient").map(({ caseId }) => caseId);
  const mine = { OR: [{ ownerId: coordinator.personId }, { ownerKind: "on_call" as const }] };
  const rows = await tx.case.findMany({
    where: {
      AND: [
        { stage: { in: ["submitted", "triage"] }, firstAnsweredAt: null, id: { notIn: known } },
        isAll ? {} : mine,
        casesOf(coordinator),
      ],
    },
    select: { id: true, submittedAt: true },
    orderBy: { submittedAt: "asc" },
    take: THREADS_SHOWN,
  });
  return rows.map(({ id, submittedAt }) => ({
    ...{ caseId: id, audience: "patient" as const, clinicId: null },
    ...{ answeredAt: null, askedAt: submittedAt },
  }));
}

/** How many threads wait for an answer of this coordinator or the on-call queue. */
export async function waitingFor(coordinator: Coordinator, now: Date): Promise<number> {
  return (await inboxFor(coordinator, now)).filter(({ clock }) => clock.dueAt !== null).length;
}
