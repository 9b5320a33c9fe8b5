import "server-only";
import { z } from "zod";
import type { SignedIn } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import { discFinding, type HereFile, missingFrom, namedFile } from "./disc-index";
import { type Finding, findingsOf } from "./finding";
import type { RecordState } from "./record";
import { recordsOf } from "./scope";
import { headerSchema, type RecordRow } from "./views/record";

/** What came, whatever was said of it since. Before its check a file is known by its path alone. */
const CAME: readonly RecordState[] = ["scanning", "readable", "accepted", "rejected"];
const named = z.array(namedFile).min(1);

/**
 * The indexes of discs among these rows say which of their files are not here by now: the files come one by one, before
 * and after their index.
 */
export async function withMissing<R extends RecordRow>(
  tx: Tx,
  viewer: SignedIn,
  caseId: string,
  rows: readonly R[],
): Promise<R[]> {
  const ids = rows.filter(({ kind }) => kind === "disc_index").map(({ id }) => id);
  if (ids.length === 0) return [...rows];
  const discs = await tx.record.findMany({
    where: { id: { in: ids } },
    select: { id: true, discFiles: true },
  });
  const here = await filesHere(tx, viewer, caseId);
  const told = new Map(discs.map(({ id, discFiles }) => [id, named.safeParse(discFiles).data]));
  return rows.map((row) => {
    const files = told.get(row.id);
    if (!files) return row;
    const verdict = discFinding(files, missingFrom(files, row.filename, here));
    return { ...row, findings: [...othersOf(row.findings), verdict] };
  });
}

function othersOf(findings: unknown): Finding[] {
  return findingsOf(findings).filter(({ code }) => code !== "disc_index");
}

async function filesHere(tx: Tx, viewer: SignedIn, caseId: string): Promise<HereFile[]> {
  const rows = await tx.record.findMany({
    where: { AND: [{ caseId, erasedAt: null, state: { in: [...CAME] } }, recordsOf(viewer)] },
    select: { filename: true, header: true },
  });
  return rows.map(({ filename, header }) => ({
    path: filename,
    instanceUid: headerSchema.safeParse(header).data?.instanceUid ?? null,
  }));
}
