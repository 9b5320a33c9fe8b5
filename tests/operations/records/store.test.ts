import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/infra/hash";
import { readiness } from "@/lib/infra/health";
import { storedIds, replaceStore } from "@/lib/infra/record-store";
import { Bucket } from "@/lib/infra/record-store-bucket";
import { DiskStore } from "@/lib/infra/record-store-disk";
import { S3Store } from "@/lib/infra/record-store-s3";
import { partAt, sweepUploads } from "@/lib/records/sweep-uploads";
import { testSystem } from "../../support/people";
import { beginUpload, caseWithOwner, idOf, recordRow, storedBytes } from "../../support/records";
import { S3Server } from "../../support/s3-server";
import { describeStores } from "../../support/stores";
import { noise } from "../../support/uploads";

const MIB = 1_048_576;

describeStores("what is stored", (door) => {
  it("has names of our own, whatever the file is called", async () => {
    const { tus, caseId } = await caseWithOwner();
    const names = { filename: "../../Anna Petrova/echo.dcm" };
    const ids = [await tus.upload(caseId, noise(9 * MIB), names)];
    ids.push(idOf(await beginUpload(tus, caseId, 9 * MIB)));
    await tus.patch(`/api/v1/cases/${caseId}/uploads/${ids[1]}`, 0, noise(MIB + 5));
    for (const id of ids) {
      const stored = await door().names(id);
      expect(stored.length).toBeGreaterThan(0);
      for (const name of stored) expect(name).toMatch(/^(body|unproven|(group|open|tail)-\d+)$/);
    }
    for await (const id of storedIds()) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("goes on in the middle of a group, again and again, to the right bytes", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(19 * MIB + 33);
    const location = await beginUpload(tus, caseId, bytes.length);
    for (let at = 0; at < bytes.length; at += 3.3 * MIB) {
      const from = Math.floor(at);
      const part = bytes.subarray(from, Math.min(bytes.length, Math.floor(at + 3.3 * MIB)));
      expect((await tus.patch(location, from, Buffer.from(part))).status).toBe(204);
    }
    const id = idOf(location);
    expect((await recordRow(id)).sha256).toBe(sha256(bytes));
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect((await door().names(id)).filter((name) => /open|tail/.test(name))).toEqual([]);
  });
});

async function withS3(promise: (server: S3Server) => Promise<void>): Promise<void> {
  const server = await S3Server.start();
  replaceStore(new S3Store(new Bucket(server.settings)));
  try {
    await promise(server);
  } finally {
    await server.clear();
  }
}

afterEach(() => replaceStore(new DiskStore()));

describe("an S3 store that is away", () => {
  it("is told with a sentence, and when it is back everything goes on where it stood", () =>
    withS3(async (server) => {
      const { tus, caseId } = await caseWithOwner();
      const bytes = noise(20 * MIB);
      const location = await beginUpload(tus, caseId, bytes.length);
      await tus.patch(location, 0, Buffer.from(bytes.subarray(0, MIB + 10)));
      await server.stop();
      const refused = await tus.patch(location, MIB + 10, Buffer.from(bytes.subarray(MIB + 10)));
      expect(refused.status).toBe(503);
      expect(refused.headers.get("retry-after")).toBe("10");
      expect(await refused.json()).toMatchObject({ code: "store_away" });
      expect((await tus.send("HEAD", location)).status).toBe(503);
      expect((await readiness()).checks.storage).toBe("failing");
      await server.begin();
      expect((await readiness()).checks.storage).toBe("ok");
      expect(await tus.offset(location)).toBe(MIB + 10);
      const rest = await tus.patch(location, MIB + 10, Buffer.from(bytes.subarray(MIB + 10)));
      expect(rest.status).toBe(204);
      expect((await storedBytes(idOf(location))).equals(bytes)).toBe(true);
    }));

  it("in the middle of a part loses at most the groups that were on their way", () =>
    withS3(async (server) => {
      const { tus, caseId } = await caseWithOwner();
      const bytes = noise(40 * MIB);
      const location = await beginUpload(tus, caseId, bytes.length);
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (at === 27 * MIB) await server.stop();
          controller.enqueue(Buffer.from(bytes.subarray(at, at + MIB)));
          at += MIB;
          if (at === bytes.length) controller.close();
        },
      });
      expect((await tus.patch(location, 0, body)).status).toBe(503);
      await server.begin();
      const offset = await tus.offset(location);
      expect(offset).toBeGreaterThanOrEqual(8 * MIB);
      expect((await tus.patch(location, offset, Buffer.from(bytes.subarray(offset)))).status).toBe(204);
      expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
    }));

  it("with no such bucket, or by a wrong key, is away too and blames no file", () =>
    withS3(async (server) => {
      const { tus, caseId } = await caseWithOwner();
      const id = await tus.upload(caseId, noise(100));
      for (const wrong of [{ bucket: "another-one" }, { secretAccessKey: "guessed" }]) {
        replaceStore(new S3Store(new Bucket({ ...server.settings, ...wrong })));
        expect((await readiness()).checks.storage).toBe("failing");
        await expect(storedBytes(id)).rejects.toThrow("does not take or give bytes");
      }
    }));
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A store that answers everything so. */
async function answering(answer: RequestListener): Promise<S3Store> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const account = { region: "x", accessKeyId: "a", secretAccessKey: "b" };
  return new S3Store(new Bucket({ endpoint, bucket: "one", ...account }));
}

describe("an S3 store that is full", () => {
  it("is told like a full disk", async () => {
    const full = "<Error><Code>Full</Code></Error>";
    replaceStore(
      await answering((_request, response) => {
        response.writeHead(507, { "content-type": "application/xml" }).end(full);
      }),
    );
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 100);
    const response = await tus.patch(location, 0, noise(100));
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({ code: "storage_full" });
  });
});

describe("the list of an S3 store", () => {
  it("is read to its end, page after page", async () => {
    const ids = Array.from({ length: 5 }, () => newId()).toSorted((one, other) =>
      one.slice(-2) + one < other.slice(-2) + other ? -1 : 1,
    );
    const keys = ids.flatMap((id) => [0, 1].map((group) => `files/${id.slice(-2)}/${id}/group-${group}`));
    // The test server breaks at the second page; this one pages as the protocol says.
    const store = await answering((request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://x");
      const after = searchParams.get("start-after") ?? "";
      const left = keys.filter((key) => key > after);
      const objects = left.slice(0, 3).map((key) => `<Contents><Key>${key}</Key><Size>9</Size></Contents>`);
      const isTruncated = left.length > 3;
      response.setHeader("content-type", "application/xml");
      response.end(
        `<ListBucketResult>${objects.join("")}<IsTruncated>${isTruncated}</IsTruncated></ListBucketResult>`,
      );
    });
    replaceStore(store);
    expect(await Array.fromAsync(storedIds())).toEqual(ids);
  });
});

describeStores("a sweep of one part of the store", (door) => {
  it("removes what nobody knows in that part, and sixteen of them look at everything", async () => {
    const ids = ["0a", "0b", "f7"].map((end) => `${newId(Date.now() - 7_200_000).slice(0, -2)}${end}`);
    for (const id of ids) await door().write(id, door().body, Buffer.from("noise"));
    const isThere = async () => {
      const names = await Promise.all(
        ids.map((id) =>
          door()
            .names(id)
            .catch(() => []),
        ),
      );
      return names.map((found) => found.length > 0);
    };
    const system = testSystem;
    await sweepUploads(system, new Date(), "0");
    expect(await isThere()).toEqual([false, false, true]);
    await sweepUploads(system, new Date(), "f");
    expect(await isThere()).toEqual([false, false, false]);
    const day = Array.from({ length: 16 }, (_, turn) => partAt(new Date(turn * 600_000)));
    expect(new Set(day).size).toBe(16);
  });
});
