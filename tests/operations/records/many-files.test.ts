import { expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/infra/hash";
import { asPerson, type DbCall, openDb } from "@/lib/infra/db";
import { OPEN_STAGES } from "@/lib/records/open-upload";
import { beginUpload, caseWithOwner, idOf } from "../../support/records";
import { testSystem } from "../../support/people";

/** Pages the database touches for one step of an upload; the step itself is taken. */
async function pagesOf(actor: string[], call: DbCall, facts: object): Promise<number> {
  const [row] = await openDb().$queryRawUnsafe<{ "QUERY PLAN": { Plan: Record<string, number> }[] }[]>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT ${call}($1, $2::jsonb)`,
    actor,
    JSON.stringify(facts),
  );
  return row?.["QUERY PLAN"][0]?.Plan["Shared Hit Blocks"] ?? Number.NaN;
}

it("costs the same for the last file of a study as for the first", async () => {
  const { tus, caseId, patient } = await caseWithOwner();
  const actor = ["patient", patient.personId, "", "", ""];
  const steps = async () => {
    const id = idOf(await beginUpload(tus, caseId, 10));
    const now = new Date();
    const move = { id, from: 0, to: 5, expiresAt: now, stages: OPEN_STAGES };
    const end = { id, caseId, from: 5, sha256: sha256("x"), sizeBytes: 10, now, stages: OPEN_STAGES };
    const told = { auditId: newId(), eventId: newId(), actorName: "Anna", oneLineMinutes: 10, tell: false };
    const whole = { filename: "IM", askedAt: now, chunkBytes: 1_048_576, wrappedKey: "AAAA", keyVersion: 1 };
    return [
      await pagesOf(actor, "open_upload", { id, caseId }),
      await pagesOf(actor, "move_upload", move),
      await pagesOf(actor, "complete_upload", { ...end, ...told }),
      await pagesOf(actor, "keep_upload", {
        ...end,
        ...told,
        ...whole,
        id: newId(),
        auditId: newId(),
        eventId: newId(),
      }),
    ];
  };
  // The plans are made while the case holds nothing.
  for (let at = 0; at < 8; at += 1) await steps();
  const first = await steps();
  const files = Array.from({ length: 800 }, (_, at) => ({
    ...{
      id: newId(),
      caseId,
      state: "accepted" as const,
      filename: `IM${at}`,
      sizeBytes: 10n,
      offsetBytes: 10n,
    },
    ...{ sha256: sha256(`IM${at}`), chunkBytes: 1_048_576, completedAt: new Date(), judgedAt: new Date() },
  }));
  await asPerson(testSystem, (tx) => tx.record.createMany({ data: files }));
  for (const [at, pages] of (await steps()).entries()) expect(pages).toBeLessThan((first[at] ?? 0) + 60);
});
