import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import type * as Environment from "@/lib/infra/env";
import { keysLeft } from "@/lib/infra/keys-left";
import { metricsText } from "@/lib/infra/metrics";
import { readSealedFile, writeSealedFile } from "@/lib/infra/sealed-file";
import { rotateKeys } from "@/lib/documents/rotate-keys";
import { eraseRecord } from "@/lib/records/erase-record";
import { newId } from "@/lib/kernel/ids";
import { connect } from "../../../scripts/steps/database.mjs";
import { testSystem } from "../../support/people";
import { caseWithOwner, recordRow, storedBytes } from "../../support/records";
import { noise } from "../../support/uploads";

/** The master keys this process is told of, new first. */
const keys: { RECORDS_KEY: string; RECORDS_KEY_PREVIOUS?: string } = vi.hoisted(() => ({ RECORDS_KEY: "" }));

vi.mock("@/lib/infra/env", async (original) => {
  const real = await original<typeof Environment>();
  return { ...real, env: () => ({ ...real.env(), ...keys }) };
});

const newKey = () => randomBytes(32).toString("base64");

beforeEach(() => {
  keys.RECORDS_KEY = newKey();
  delete keys.RECORDS_KEY_PREVIOUS;
});
afterEach(async () => {
  // What a test left behind is of no use to the next one, whose keys are others.
  await asPerson(testSystem, (tx) => tx.record.updateMany({ data: { wrappedKey: null } }));
  const owner = await connect(process.env.DATABASE_URL ?? "");
  await owner.query("SELECT set_config('app.role', 'system', false)");
  await owner.query(`TRUNCATE "Document", "DocumentSeries" CASCADE`);
  await owner.end();
});

function giveNewKey(): void {
  keys.RECORDS_KEY_PREVIOUS = keys.RECORDS_KEY;
  keys.RECORDS_KEY = newKey();
}

async function someFiles(count: number) {
  const { patient, tus, caseId } = await caseWithOwner();
  const files = Array.from({ length: count }, (_, at) => noise(500 + at, at));
  const ids: string[] = [];
  for (const bytes of files) ids.push(await tus.upload(caseId, bytes));
  const expectReadable = async () => {
    for (const [at, id] of ids.entries())
      expect((await storedBytes(id)).equals(files[at] ?? Buffer.alloc(0))).toBe(true);
  };
  return { patient, caseId, ids, expectReadable };
}

async function somePaper(caseId: string) {
  const id = newId();
  const wrapped = await writeSealedFile(id, Buffer.from("an estimate"));
  const facts = { kind: "estimate", series: "T", number: 1, label: "T-1", language: "en" };
  const sealed = { sizeBytes: 11, sha256: "0".repeat(64), checkCode: id.slice(-12) };
  await openDb().documentSeries.create({ data: { series: "T", last: 0 } });
  await asPerson(testSystem, async (tx) => {
    await tx.documentSeries.update({ where: { series: "T" }, data: { last: 1 } });
    await tx.document.create({ data: { id, caseId, ...facts, ...sealed, ...wrapped } });
  });
  const row = () => asPerson(testSystem, (tx) => tx.document.findUniqueOrThrow({ where: { id } }));
  return async () => (await readSealedFile(id, await row())).toString();
}

describe("a new master key", () => {
  it("is worn by every file in the end, files open all the while, and then the old key may go", async () => {
    const { caseId, expectReadable } = await someFiles(3);
    const paper = await somePaper(caseId);
    giveNewKey();
    await expectReadable();
    expect(await keysLeft()).toBe(4);
    expect((await metricsText()).text).toContain("valvia_keys_waiting 4");
    const told: number[] = [];
    const rotation = await rotateKeys(testSystem, { onProgress: (count) => told.push(count) });
    expect(rotation).toEqual({ rewrapped: 4, left: 0 });
    expect(told.at(-1)).toBe(4);
    delete keys.RECORDS_KEY_PREVIOUS;
    await expectReadable();
    expect(await paper()).toBe("an estimate");
    expect((await metricsText()).text).toContain("valvia_keys_waiting 0");
    expect(await rotateKeys(testSystem)).toEqual({ rewrapped: 0, left: 0 });
  });

  it("is put on by two runs at once, each row by one of them", async () => {
    const { expectReadable } = await someFiles(6);
    giveNewKey();
    const both = await Promise.all([rotateKeys(testSystem), rotateKeys(testSystem)]);
    expect(both.reduce((total, { rewrapped }) => total + rewrapped, 0)).toBe(6);
    await expectReadable();
  });

  it("never overwrites what changed since it was read, nor brings an erased key back", async () => {
    const { patient, ids } = await someFiles(2);
    giveNewKey();
    const rotating = rotateKeys(testSystem);
    const erased = await eraseRecord(patient, ids[0] ?? "", new Date());
    await rotating;
    expect(erased.ok).toBe(true);
    expect((await recordRow(ids[0] ?? "")).wrappedKey).toBeNull();
    ids.shift();
    expect(await rotateKeys(testSystem)).toMatchObject({ left: 0 });
    expect((await storedBytes(ids[0] ?? "")).length).toBe(501);
  });

  it("stops when its time is up and goes on another time", async () => {
    await someFiles(2);
    giveNewKey();
    expect(await rotateKeys(testSystem, { until: new Date(0) })).toEqual({ rewrapped: 0, left: 2 });
    expect(await rotateKeys(testSystem)).toEqual({ rewrapped: 2, left: 0 });
  });

  it("goes past a row whose wrapping was broken, and counts it", async () => {
    const { ids } = await someFiles(2);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id: ids[0] ?? "" }, data: { wrappedKey: Buffer.alloc(60) } }),
    );
    giveNewKey();
    expect(await rotateKeys(testSystem)).toEqual({ rewrapped: 1, left: 1 });
    expect((await storedBytes(ids[1] ?? "")).length).toBe(501);
  });

  it("leaves alone, and counts, what no known key opens", async () => {
    const { expectReadable } = await someFiles(1);
    giveNewKey();
    const previous = keys.RECORDS_KEY_PREVIOUS ?? "";
    delete keys.RECORDS_KEY_PREVIOUS;
    expect(await rotateKeys(testSystem)).toEqual({ rewrapped: 0, left: 1 });
    keys.RECORDS_KEY_PREVIOUS = previous;
    await expectReadable();
  });
});
