import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "@/lib/infra/hash";
import { caseWithOwner, recordRow, storedBytes } from "../../support/records";
import { RecordsProcess } from "../../support/records-process";
import { type Backdoor, describeStores } from "../../support/stores";
import { bearerOf, noise } from "../../support/uploads";

const MIB = 1_048_576;
let server: RecordsProcess;

/** A process of its own, told of the same store. */
function withServer(door?: () => Backdoor): void {
  beforeAll(async () => {
    Object.assign(process.env, door?.().server?.environment);
    server = await RecordsProcess.make();
    await server.start();
  });
  afterAll(async () => {
    await server.clear();
    for (const name of Object.keys(process.env)) if (name.startsWith("S3_")) delete process.env[name];
  });
}

interface Wish {
  chunkSize?: number;
  onUrl?: (id: string) => unknown;
  onRetry?: () => void;
}

/** An upload by the public tus client, as a browser makes it. */
async function upload(bytes: Buffer, { chunkSize, onUrl, onRetry }: Wish): Promise<string> {
  const { patient, caseId } = await caseWithOwner();
  const token = await bearerOf(patient);
  return new Promise((resolve, reject) => {
    const one = new Upload(bytes, {
      endpoint: `http://127.0.0.1:${server.port}/api/v1/cases/${caseId}/uploads`,
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: "study.zip", sha256: sha256(bytes) },
      retryDelays: [200, 500, 1_000, 2_000, 4_000],
      ...(chunkSize ? { chunkSize } : {}),
      onUploadUrlAvailable: () => onUrl?.(one.url?.split("/").at(-1) ?? ""),
      onShouldRetry: () => (onRetry?.(), true),
      onError: reject,
      onSuccess: () => resolve(one.url?.split("/").at(-1) ?? ""),
    });
    one.start();
  });
}

/** Kills the process once so many bytes of an upload lie on the disk, and starts it again. */
async function killAfter(door: Backdoor, id: string, bytes: number): Promise<void> {
  await expect.poll(() => door.bodyBytes(id), { interval: 2, timeout: 20_000 }).toBeGreaterThan(bytes);
  await server.end("SIGKILL");
  await server.start();
}

describeStores("the public tus client", (door) => {
  withServer(door);

  it("sends a file in parts and in one go", async () => {
    const bytes = noise(5 * MIB + 321);
    for (const wish of [{ chunkSize: 700_000 }, {}]) {
      const id = await upload(bytes, wish);
      expect(await recordRow(id)).toMatchObject({ state: "scanning", sha256: sha256(bytes) });
      expect((await storedBytes(id)).equals(bytes)).toBe(true);
    }
  });

  it.each([
    ["in one go", {}],
    ["in parts", { chunkSize: 3 * MIB }],
  ])("goes on by itself after kill -9 in the middle, %s, and not one byte differs", async (_name, wish) => {
    const bytes = noise(100 * MIB + 7);
    const killed: Promise<void>[] = [];
    let retries = 0;
    const id = await upload(bytes, {
      ...wish,
      // Told again when the client resumes; once is enough.
      onUrl: (begun) => killed.length === 0 && killed.push(killAfter(door(), begun, 10 * MIB)),
      onRetry: () => void (retries += 1),
    });
    await Promise.all(killed);
    expect(retries).toBeGreaterThan(0);
    expect(await recordRow(id)).toMatchObject({ state: "scanning", sha256: sha256(bytes) });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
  });
});

describe("the process that takes uploads", () => {
  withServer();

  it("ends in order when told to", async () => {
    expect(await server.end("SIGTERM")).toBe(0);
    await server.start();
    const response = await fetch(`http://127.0.0.1:${server.port}/api/health/live`);
    expect(await response.json()).toEqual({ status: "ok" });
    expect((await fetch(`http://127.0.0.1:${server.port}/api/v1/cases`)).status).toBe(404);
  });
});
