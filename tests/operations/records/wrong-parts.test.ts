import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "@/lib/infra/hash";
import { beginUpload, caseWithOwner, idOf, recordRow, storedBytes } from "../../support/records";
import { describeStores } from "../../support/stores";
import { noise } from "../../support/uploads";

const MIB = 1_048_576;

describeStores("a wrong part", () => {
  it("at another offset is refused, with the right one told", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 1_000);
    const response = await tus.patch(location, 5, noise(10));
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "wrong_offset", status: 409 });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await tus.offset(location)).toBe(0);
  });

  it("of a complete upload is refused", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 10);
    await tus.patch(location, 0, noise(10));
    expect((await tus.patch(location, 10, noise(1))).status).toBe(409);
  });

  it("with a wrong checksum changes nothing, and a right one goes through", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(2 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    for (const algorithm of ["sha1", "sha256", "md5"]) {
      const wrong = createHash(algorithm).update("other").digest("base64");
      const response = await tus.patch(location, 0, Buffer.from(bytes), {
        "upload-checksum": `${algorithm} ${wrong}`,
      });
      expect(response.status).toBe(460);
      expect(await tus.offset(location)).toBe(0);
    }
    const right = createHash("sha1").update(bytes).digest("base64");
    const taken = await tus.patch(location, 0, Buffer.from(bytes), { "upload-checksum": `sha1 ${right}` });
    expect(taken.status).toBe(204);
    expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("with an unknown checksum algorithm, media type or version is told so", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 10);
    expect((await tus.patch(location, 0, noise(1), { "upload-checksum": "crc32 AAAA" })).status).toBe(400);
    expect((await tus.patch(location, 0, noise(1), { "content-type": "text/plain" })).status).toBe(415);
    expect((await tus.patch(location, 0, noise(1), { "upload-offset": "-1" })).status).toBe(400);
    const old = await tus.patch(location, 0, noise(1), { "tus-resumable": "0.2.2" });
    expect(old.status).toBe(412);
    expect(old.headers.get("tus-version")).toBe("1.0.0");
  });

  it("longer than was announced is refused, said or unsaid", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 1_000);
    const said = await tus.patch(location, 0, noise(10), { "content-length": "1001" });
    expect(said.status).toBe(413);
    const unsaid = new Response(noise(2_000)).body ?? undefined;
    expect((await tus.patch(location, 0, unsaid)).status).toBe(413);
    expect(await tus.offset(location)).toBe(0);
  });

  it("from one of two writers at once is refused, and the bytes never mix", async () => {
    const { tus, caseId } = await caseWithOwner();
    const size = 4 * MIB;
    const [one, other] = [noise(size, 1), noise(size, 2)];
    const location = await beginUpload(tus, caseId, size);
    const answers = await Promise.all([tus.patch(location, 0, one), tus.patch(location, 0, other)]);
    const statuses = answers.map((answer) => answer.status).toSorted();
    expect(statuses[0]).toBe(204);
    expect([409, 423]).toContain(statuses[1]);
    const stored = await storedBytes(idOf(location));
    expect(stored.equals(answers[0].status === 204 ? one : other)).toBe(true);
  });
});

describe("a bad announcement", () => {
  it.each([
    ["no length", { "upload-length": "" }, 400],
    ["a length that is no number", { "upload-length": "1e9" }, 400],
    ["a length beyond five gibibytes", { "upload-length": String(5 * 1024 ** 3 + 1) }, 413],
    ["a deferred length", { "upload-defer-length": "1" }, 400],
    ["no file name", { "upload-metadata": "" }, 422],
    ["metadata that is not base64", { "upload-metadata": "filename a$b" }, 400],
    ["an unknown item", { "upload-metadata": `filename ${btoa("a")},item ${btoa("../etc")}` }, 422],
    ["a hash that is none", { "upload-metadata": `filename ${btoa("a")},sha256 ${btoa("zz")}` }, 422],
  ])("with %s is refused", async (_name, headers, status) => {
    const { tus, caseId } = await caseWithOwner();
    const response = await tus.create(caseId, { size: 10 }, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });
});
