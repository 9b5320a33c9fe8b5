import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "@/lib/infra/hash";
import { boundTo, openChunk } from "@/lib/infra/record-store-seal";
import { caseWithOwner, recordRow } from "../../support/records";
import { type Backdoor, describeStores } from "../../support/stores";
import { noise } from "../../support/uploads";

const MIB = 1_048_576;
const root = path.resolve(import.meta.dirname, "../../..");
const tool = path.join(root, "scripts/open-record.mjs");
const run = promisify(execFile);
let folder: string;

beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "valvia-open-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

type Facts = Record<string, string | number | null>;

/** What the tool says, and what it wrote. It is run where nothing of the product lies. */
async function open(facts: Facts, from: string): Promise<{ said: string; wrote: Buffer | null }> {
  const [factsFile, to] = [path.join(folder, "facts.json"), path.join(folder, "plain")];
  await writeFile(factsFile, JSON.stringify(facts));
  await rm(to, { force: true });
  const ran = run(process.execPath, [tool, factsFile, from, to], {
    cwd: folder,
    env: { NODE_ENV: "production" },
  });
  const said = await ran.then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  );
  const wrote = await access(to).then(
    () => readFile(to),
    () => null,
  );
  return { said, wrote };
}

async function factsOf(id: string): Promise<Facts> {
  const row = await recordRow(id);
  return {
    recordId: id,
    sizeBytes: Number(row.sizeBytes),
    chunkBytes: row.chunkBytes,
    wrappedKey: Buffer.from(row.wrappedKey ?? []).toString("hex"),
    masterKey: process.env.RECORDS_KEY ?? "",
    sha256: row.sha256,
  };
}

/** What an operator copies out of the store. */
async function copied(door: Backdoor, id: string): Promise<string> {
  const copy = path.join(folder, id);
  await mkdir(copy);
  for (const name of await door.names(id)) await writeFile(path.join(copy, name), await door.read(id, name));
  return copy;
}

describeStores("a record opened by hand", (door) => {
  it.each([0, 1, MIB, MIB + 1, 17 * MIB + 5])("of %i bytes is byte-equal", async (size) => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(size);
    const created = await tus.create(caseId, { size });
    const location = created.headers.get("location") ?? "";
    if (size > 0) await tus.patch(location, 0, bytes);
    const id = location.split("/").pop() ?? "";
    const { said, wrote } = await open(await factsOf(id), await copied(door(), id));
    expect(said).toContain(`SHA-256 ${sha256(bytes)}, as it was sent`);
    expect(wrote?.equals(bytes)).toBe(true);
  });

  it("is refused clearly when anything is not as it was, and nothing is left behind", async () => {
    const { tus, caseId } = await caseWithOwner();
    const id = await tus.upload(caseId, noise(10 * MIB));
    const facts = await factsOf(id);
    const copy = await copied(door(), id);
    const file = path.join(copy, door().body);
    const body = await readFile(file);
    const wrongs: [Facts, Buffer, string][] = [
      [{ ...facts, masterKey: Buffer.alloc(32).toString("base64") }, body, "The master key does not open"],
      [{ ...facts, recordId: "0193b2c4-5d6e-7f80-91a2-b3c4d5e6f708" }, body, "The master key does not open"],
      [{ ...facts, wrappedKey: null }, body, "was the record erased?"],
      [{ ...facts, sha256: "0".repeat(64) }, body, "The SHA-256 is"],
      [facts, body.subarray(0, -1), "should have"],
      [facts, Buffer.concat([body, Buffer.alloc(3)]), "should have"],
      [facts, Buffer.from(body).fill(1, 2 * MIB, 2 * MIB + 1), "Chunk 1 does not open"],
    ];
    for (const [told, stored, sentence] of wrongs) {
      await writeFile(file, stored);
      const { said, wrote } = await open(told, copy);
      expect(said).toContain(sentence);
      expect(wrote).toBeNull();
    }
  });
});

describe("the worked example of docs/records.md", () => {
  const fact = async (name: string) => {
    const page = await readFile(path.join(root, "docs/records.md"), "utf8");
    return new RegExp(`^${name} +(\\S+)$`, "m").exec(page)?.[1] ?? "";
  };

  it("is what the product seals and the tool opens", async () => {
    const recordId = await fact("id");
    const key = Buffer.from(await fact("file key"), "hex");
    const plain: Buffer[] = [];
    for (const [index, kind] of [[0, "middle"] as const, [1, "last"] as const]) {
      const place = { recordId, index, kind };
      expect(boundTo(place).toString("hex")).toBe(await fact(`AAD ${index}`));
      plain.push(openChunk(key, place, Buffer.from(await fact(`chunk ${index}`), "hex")));
    }
    expect(Buffer.concat(plain).toString()).toBe("mitral valve, frame 1");
    const body = path.join(folder, "body");
    await writeFile(body, Buffer.from((await fact("chunk 0")) + (await fact("chunk 1")), "hex"));
    const [wrappedKey, masterKey] = [await fact("wrappedKey"), await fact("master key")];
    const hash = await fact("sha256");
    const facts = { recordId, sizeBytes: 21, chunkBytes: 16, wrappedKey, masterKey, sha256: hash };
    expect((await open(facts, body)).wrote?.toString()).toBe("mitral valve, frame 1");
  });
});
