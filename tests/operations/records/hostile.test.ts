import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { Coordinator } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { buildPicture } from "@/lib/records/build-picture";
import { checkRecord } from "@/lib/records/check-record";
import { findingsOf, sentenceOf, stopsUse } from "@/lib/records/finding";
import { unpackArchive } from "@/lib/records/unpack-archive";
import { goodDicoms, hostileDicoms } from "../../support/hostile/dicoms";
import { goodPdfs, hostilePdfs } from "../../support/hostile/pdfs";
import { goodPictures, hostilePictures } from "../../support/hostile/pictures";
import { Dice, type Sample } from "../../support/hostile/sample";
import { strangers } from "../../support/hostile/strangers";
import { goodZips, hostileZips } from "../../support/hostile/zips";
import { testSystem } from "../../support/people";
import { caseWithOwner, recordRow } from "../../support/records";
import type { TusClient } from "../../support/uploads";

/** Another seed throws other bytes over: `HOSTILE_SEED=7 npx vitest run --project operations hostile`. */
const SEED = Number(process.env.HOSTILE_SEED ?? 1);
const LANES = 3;

interface Place {
  owner: Coordinator;
  caseId: string;
  tus: TusClient;
}
let place: Place;
beforeAll(async () => {
  place = await caseWithOwner();
});

interface Fate {
  sample: Sample;
  owner: Coordinator;
  /** The file itself, or each file of an archive. */
  rows: { id: string; state: string; sentences: string[] }[];
}

/** Sends a file and lets everything happen to it that the product does. Whatever throws is a failure of ours. */
async function fateOf(sample: Sample): Promise<Fate> {
  // Good archives hold the same files: in one case the second would find them there.
  const isApart = sample.name.endsWith(".zip") && sample.right !== "refused";
  const { tus, caseId, owner } = isApart ? await caseWithOwner() : place;
  const id = await tus.upload(caseId, sample.bytes, { filename: sample.name });
  await checkRecord(testSystem, id, new Date());
  if ((await recordRow(id)).state === "unpacking") {
    const told = { recordId: id, next: 0, leftOut: 0, alreadyHere: 0, broken: [] };
    await unpackArchive(testSystem, told, new Date());
  }
  const inside = await asPerson(testSystem, (tx) => tx.record.findMany({ where: { containerId: id } }));
  for (const { id: inner } of inside) await checkRecord(testSystem, inner, new Date());
  const ids = [id, ...inside.map((row) => row.id)];
  const rows = await Promise.all(ids.map(recordRow));
  return { sample, owner, rows: rows.filter(({ state }) => state !== "unpacked").map(seen) };
}

function seen({ id, state, findings }: { id: string; state: string; findings: unknown }) {
  return {
    id,
    state,
    sentences: findingsOf(findings)
      .filter(stopsUse)
      .map((one) => sentenceOf(one, false)),
  };
}

async function fatesOf(samples: readonly Sample[]): Promise<Fate[]> {
  const fates: Fate[] = [];
  const rest = samples.values();
  const lane = async () => {
    for (const sample of rest) fates.push(await fateOf(sample));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return fates;
}

const isTaken = (fate: Fate) => fate.rows.some(({ state }) => state === "readable");
const namesOf = (fates: readonly Fate[]) => fates.map(({ sample }) => sample.name);

/** What was taken truly opens: a picture of it is drawn anew, or there is none and nothing breaks. */
async function drawsOrSays({ rows, owner }: Fate): Promise<boolean> {
  for (const { id } of rows.filter(({ state }) => state === "readable")) {
    const drawn = await buildPicture(owner, id, {}, new Date());
    if (!drawn.ok && drawn.reason !== "not_previewable") return false;
    if (drawn.ok) await sharp(drawn.value.bytes).metadata();
  }
  return true;
}

describe.each([
  ["archives", () => hostileZips(new Dice(SEED))],
  ["documents", async () => hostilePdfs(new Dice(SEED + 1))],
  ["DICOM files", () => hostileDicoms(new Dice(SEED + 2))],
  ["pictures", () => hostilePictures(new Dice(SEED + 3))],
  ["strangers", async () => strangers(new Dice(SEED + 4))],
])("hostile %s", (_kind, make) => {
  it("are refused with a sentence, and what survived its damage truly opens", async () => {
    const samples = await make();
    expect(samples.length).toBeGreaterThan(35);
    const fates = await fatesOf(samples);
    expect(namesOf(fates.filter((fate) => fate.sample.right === "refused" && isTaken(fate)))).toEqual([]);
    for (const { sample, rows } of fates) {
      for (const { state, sentences } of rows) {
        if (state === "readable") continue;
        expect([sample.name, state]).toEqual([sample.name, "unreadable"]);
        expect(sentences.join(" "), sample.name).toMatch(/^[A-Z][^{}?]+\.$/);
      }
    }
    const survivors = fates.filter(isTaken);
    const opened = await Promise.all(survivors.map(drawsOrSays));
    expect(namesOf(survivors.filter((_, index) => !opened[index]))).toEqual([]);
  }, 300_000);
});

describe("good files", () => {
  it("of every kind are taken, none refused", async () => {
    const samples = [
      ...(await goodDicoms()),
      ...goodPdfs(),
      ...(await goodPictures(new Dice(SEED))),
      ...(await goodZips()),
    ];
    expect(samples.length).toBeGreaterThan(60);
    const fates = await fatesOf(samples);
    const wrong = fates.filter(
      (fate) => !isTaken(fate) || fate.rows.some(({ state }) => state !== "readable"),
    );
    expect(wrong.map(({ sample, rows }) => [sample.name, ...rows.flatMap((row) => row.sentences)])).toEqual(
      [],
    );
  }, 300_000);
});
