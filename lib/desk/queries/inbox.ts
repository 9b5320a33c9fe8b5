import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { Prisma } from "@/lib/infra/generated/client";
import { ANSWER_NOT_NEEDED } from "@/lib/messages/message";
import {
  ANSWER_SETTING,
  type AnswerClock,
  answerClockOf,
  type AnswerTimes,
  answerTimesOf,
  inOrderOfAnswer,
  minutesAllowed,
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
  /** How the last word in it begins; null where nobody said one, and in a colleague's case. */
  words: string | null;
  clock: AnswerClock;
}

interface ThreadRow {
  caseId: string;
  audience: "patient" | "centre";
  clinicId: string | null;
  answeredAt: Date | null;
  askedAt: Date | null;
  words: string | null;
}

const THREADS_SHOWN = 200;
const WORDS_SHOWN = 160;

/**
 * The threads of this coordinator's and the on-call queue's open cases, what is due first on top; with `isAll` those of
 * every colleague, too.
 */
export function inboxFor(coordinator: Coordinator, now: Date, isAll = false): Promise<InboxThread[]> {
  return asPerson(coordinator, async (tx) => {
    const allowed = await readTimes(tx);
    const rows = await tx.$queryRaw<ThreadRow[]>`
      WITH ${threadsSql(coordinator.personId, isAll)}
      SELECT "caseId", audience, "clinicId", "answeredAt", "askedAt", ${lastWordsSql} AS words FROM threads
       ORDER BY ${dueSql(allowed)} ASC NULLS LAST, "answeredAt" DESC NULLS LAST LIMIT ${THREADS_SHOWN}`;
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
      const mine = one.ownerId === null || one.ownerId === coordinator.personId;
      const words = mine ? row.words : null;
      const clock = answerClockOf(times, allowed, now);
      return [{ ...shown, caseId: id, audience, clinic, answeredAt, words, clock }];
    });
    return inOrderOfAnswer(threads);
  });
}

/** Nobody reads a larger number beside a link. */
export const WAITING_SHOWN_MAX = 99;

/** How many threads wait for an answer of this coordinator or the on-call queue; one more than shown where there are more. */
export function waitingFor(coordinator: Coordinator): Promise<number> {
  return asPerson(coordinator, async (tx) => {
    const [found] = await tx.$queryRaw<{ waiting: number }[]>`
      WITH ${threadsSql(coordinator.personId, false)}
      SELECT count(*)::int AS waiting
        FROM (SELECT 1 FROM threads WHERE "askedAt" IS NOT NULL LIMIT ${WAITING_SHOWN_MAX + 1}) few`;
    return found?.waiting ?? 0;
  });
}

async function readTimes(tx: Tx): Promise<AnswerTimes> {
  const set = await tx.setting.findUnique({ where: { key: ANSWER_SETTING }, select: { value: true } });
  return answerTimesOf(set?.value);
}

/**
 * `threads`: when each thread was last answered, and since when it waits. What needs no answer counts as answered, and so
 * does a patient who was reached by phone. A new case nobody has said a word in waits for its first answer all the same.
 */
function threadsSql(personId: string, isAll: boolean): Prisma.Sql {
  return Prisma.sql`
    own AS (
      SELECT c.id, c.stage, c.urgent, c."submittedAt", c."firstAnsweredAt" FROM "Case" c
       WHERE c."submittedAt" IS NOT NULL AND c.stage::text = ANY(${BOARD_STAGES})
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
        FROM spoken s),
    threads AS (
      SELECT t."caseId", t.audience::text AS audience, t."clinicId", t.answered AS "answeredAt", (
          SELECT min(m."sentAt") FROM "Message" m
           WHERE m."caseId" = t."caseId" AND m.audience = t.audience AND m."clinicId" IS NOT DISTINCT FROM t."clinicId"
             AND m."sentAt" > COALESCE(t.answered, '-infinity')) AS "askedAt",
             o.urgent, o."submittedAt", t.audience = 'patient' AND o."firstAnsweredAt" IS NULL AS "isFirst"
        FROM settled t JOIN own o ON o.id = t."caseId"
      UNION ALL
      SELECT o.id, 'patient', NULL, NULL, o."submittedAt", o.urgent, o."submittedAt", true
        FROM own o
       WHERE o.stage IN ('submitted', 'triage', 'collecting_records') AND o."firstAnsweredAt" IS NULL
         AND NOT EXISTS (SELECT 1 FROM spoken s WHERE s."caseId" = o.id AND s.audience = 'patient'))`;
}

/** How the last word of a thread begins. */
const lastWordsSql = Prisma.sql`(
  SELECT left(m.body, ${WORDS_SHOWN}) FROM "Message" m
   WHERE m."caseId" = threads."caseId" AND m.audience::text = threads.audience
     AND m."clinicId" IS NOT DISTINCT FROM threads."clinicId"
   ORDER BY m."sentAt" DESC LIMIT 1)`;

/** When a thread's answer is due, as `answerClockOf` counts it: so that the list is cut at its far end. */
function dueSql(times: AnswerTimes): Prisma.Sql {
  const minutes = (kind: AnswerClock["kind"]) =>
    Prisma.sql`make_interval(mins => CASE WHEN urgent THEN ${minutesAllowed(kind, true, times)}::int
                                          ELSE ${minutesAllowed(kind, false, times)}::int END)`;
  return Prisma.sql`CASE WHEN "askedAt" IS NULL THEN NULL
    WHEN "isFirst" THEN "submittedAt" + ${minutes("first")} ELSE "askedAt" + ${minutes("next")} END`;
}
