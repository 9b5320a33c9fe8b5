import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, open, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openDb } from "@/lib/infra/db";
import { readApart } from "@/lib/infra/file-reader";
import { filesRoot } from "@/lib/infra/record-store-disk";
import { newSealSeed, sealChunk } from "@/lib/infra/record-store-seal";
import { buildPicture } from "@/lib/records/build-picture";
import { checkRecord } from "@/lib/records/check-record";
import { findingsOf } from "@/lib/records/finding";
import { inspectContent } from "@/lib/records/inspect-content";
import { inspectApart } from "@/lib/records/inspect-file";
import type { ReadingTask } from "@/lib/records/reading";
import { makePdf } from "../../support/dicom";
import { reasonOf } from "../../support/outcomes";
import { testSystem } from "../../support/people";
import { caseWithOwner, folderOf, recordRow, uploadAndCheck } from "../../support/records";
import { TusClient } from "../../support/uploads";

// Counted, not replaced: the processes are real.
vi.mock("node:child_process", { spy: true });

const ROOMY = 2_000_000_000;
const nobody = { birthOn: null, names: [], item: null };

async function uploadedPdf() {
  const { tus, caseId } = await caseWithOwner();
  return tus.upload(caseId, makePdf(Array.from({ length: 60 }, (_, page) => [`Page ${page + 1}`])));
}

describe("a file that takes too much of its reader", () => {
  it.each([
    ["time", { seconds: 0.01, memoryBytes: ROOMY }],
    ["memory", { seconds: 60, memoryBytes: 1_000_000 }],
  ])("as %s ends with a verdict", async (_what, limits) => {
    const id = await uploadedPdf();
    await checkRecord(testSystem, id, new Date(), (file, known) => inspectApart(file, known, { limits }));
    const row = await recordRow(id);
    expect(row.state).toBe("unreadable");
    expect(findingsOf(row.findings).map((one) => one.code)).toEqual(["beyond_reading"]);
  });

  it("keeps others waiting only in a queue that has an end", async () => {
    const task = { act: "inspect", file: null } as unknown as ReadingTask;
    const answers = await Promise.all(Array.from({ length: 50 }, () => readApart(task)));
    const kinds = answers.map((answer) => answer.kind);
    expect(kinds.filter((kind) => kind === "busy")).toHaveLength(8);
    // Asked for nonsense, each of the others went down, and nothing else did.
    expect(kinds.filter((kind) => kind === "gave_up")).toHaveLength(42);
  });
});

describe("the process that reads files", () => {
  it("sees nothing of the disk but its program and sealed files", async () => {
    const bytes = makePdf([["Secret"]]);
    const key = randomBytes(32);
    const place = { recordId: "../../outside", index: 0, kind: "last" as const };
    const folder = path.join(filesRoot(), "../outside");
    await mkdir(folder);
    await writeFile(path.join(folder, "body"), Buffer.concat(sealChunk(key, newSealSeed(), place, bytes)));
    const file = { recordId: place.recordId, key, sizeBytes: bytes.length, chunkBytes: 1_048_576 };
    expect(await inspectContent(file, nobody)).toMatchObject({ kind: "pdf", pageCount: 1 });
    const task: ReadingTask = { act: "inspect", file, expected: nobody };
    expect(await readApart(task)).toEqual({ kind: "gave_up" });
  });

  it("does not blame a file that changed on our disk", async () => {
    const { tus, caseId } = await caseWithOwner();
    const pages = Array.from({ length: 4_000 }, (_, page) => [`Page ${page + 1} ${"words ".repeat(40)}`]);
    const id = await tus.upload(caseId, makePdf(pages));
    const body = await open(path.join(folderOf(id), "body"), "r+");
    const at = 1_048_576 + 5_000;
    const { buffer } = await body.read(Buffer.alloc(1), 0, 1, at);
    await body.write(
      buffer.map((byte) => byte ^ 4),
      0,
      1,
      at,
    );
    await body.close();
    await expect(checkRecord(testSystem, id, new Date())).rejects.toThrow("was changed in the store");
    // The store is blamed, and the worker told: not the file, whose check has no verdict of its own.
    expect((await recordRow(id)).state).toBe("scanning");
    const told = await openDb().$queryRaw<{ data: object }[]>`
      SELECT data FROM pgboss.job WHERE name = 'record.damaged' AND data->>'recordId' = ${id}`;
    expect(told).toEqual([{ data: { recordId: id, damage: "changed", metAt: expect.any(String) } }]);
  });
});

describe("a study of many files", () => {
  const pdf = (n: number) => makePdf([[`Report ${n}`]]);
  const startedWith = () => vi.mocked(spawn).mock.calls.length;

  it("is read by few processes, one file after the other", async () => {
    const { tus, caseId } = await caseWithOwner();
    const ids: string[] = [];
    for (let n = 0; n < 8; n += 1) ids.push(await tus.upload(caseId, pdf(n)));
    const before = startedWith();
    for (const id of ids) await checkRecord(testSystem, id, new Date());
    expect(startedWith() - before).toBe(1);
    for (const id of ids) expect((await recordRow(id)).state).toBe("readable");
  });

  it("never shares a process with another case or another sender", async () => {
    const [one, other] = [await caseWithOwner(), await caseWithOwner()];
    const before = startedWith();
    for (const { tus, caseId } of [one, other])
      await checkRecord(testSystem, await tus.upload(caseId, pdf(9)), new Date());
    const byOwner = await (await TusClient.of(one.owner)).upload(one.caseId, pdf(10));
    await checkRecord(testSystem, byOwner, new Date());
    expect(startedWith() - before).toBe(3);
  });

  it("gets a fresh process after a file that was not sound, which counts for that file alone", async () => {
    const { tus, caseId } = await caseWithOwner();
    const good = await tus.upload(caseId, pdf(1));
    const bad = await tus.upload(caseId, Buffer.from("%PDF-1.7 and nothing more"));
    const last = await tus.upload(caseId, pdf(2));
    const before = startedWith();
    for (const id of [good, bad, last]) await checkRecord(testSystem, id, new Date());
    expect(startedWith() - before).toBe(2);
    const states = await Promise.all([good, bad, last].map(recordRow));
    expect(states.map(({ state }) => state)).toEqual(["readable", "unreadable", "readable"]);
  });

  it("has its pictures drawn by few processes, and never by one that met another sender's file", async () => {
    const { tus, caseId, owner } = await caseWithOwner();
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push((await uploadAndCheck(tus, caseId, pdf(n))).id);
    const byOwner = await (await TusClient.of(owner)).upload(caseId, pdf(20));
    await checkRecord(testSystem, byOwner, new Date());
    const draw = (id: string, page = 1) => buildPicture(owner, id, { page }, new Date());
    const before = startedWith();
    for (const id of ids) expect(reasonOf(await draw(id))).toBe("done");
    expect(startedWith() - before).toBe(1);
    expect(reasonOf(await draw(byOwner))).toBe("done");
    expect(startedWith() - before).toBe(2);
    // A page that is not there is no picture: its reader is not trusted with the next.
    const then = startedWith();
    expect(reasonOf(await draw(byOwner, 9))).toBe("not_previewable");
    expect(reasonOf(await draw(byOwner))).toBe("done");
    expect(startedWith() - then).toBe(1);
  });

  it("goes on in a new process when one file brings the reader down", async () => {
    const { tus, caseId } = await caseWithOwner();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await tus.upload(caseId, pdf(n)));
    const [first = "", heavy = "", last = ""] = ids;
    const row = `${caseId} row`;
    const check = (id: string, memoryBytes: number) =>
      checkRecord(testSystem, id, new Date(), (file, known) =>
        inspectApart(file, known, { row, limits: { seconds: 60, memoryBytes } }),
      );
    await check(first, ROOMY);
    await check(heavy, 1_000_000);
    await check(last, ROOMY);
    const states = await Promise.all(ids.map(recordRow));
    expect(states.map(({ state }) => state)).toEqual(["readable", "unreadable", "readable"]);
    expect(findingsOf(states[1]?.findings).map(({ code }) => code)).toEqual(["beyond_reading"]);
  });
});
