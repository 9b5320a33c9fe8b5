import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { replaceStore } from "@/lib/infra/record-store";
import { Bucket, type BucketSettings } from "@/lib/infra/record-store-bucket";
import { DiskStore, filesRoot } from "@/lib/infra/record-store-disk";
import { S3Store } from "@/lib/infra/record-store-s3";

type Rover = { run(): Promise<AddressInfo>; close(): Promise<void> };
const S3rver = createRequire(import.meta.url)("@20minutes/s3rver") as new (options: object) => Rover;

/** What it calls its one account. */
const ACCOUNT = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER", region: "eu-central-1" };

/** An S3-compatible server of its own, which may be stopped and started again with all it holds. */
export class S3Server {
  private rover: Rover | null = null;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    readonly bucket: string,
  ) {}

  static async start(): Promise<S3Server> {
    const folder = await mkdtemp(path.join(tmpdir(), "valvia-s3-"));
    const server = new S3Server(folder, await freePort(), `records-${randomBytes(4).toString("hex")}`);
    await server.begin();
    return server;
  }

  async begin(): Promise<void> {
    this.rover = new S3rver({
      address: "127.0.0.1",
      port: this.port,
      directory: this.folder,
      silent: true,
      configureBuckets: [{ name: this.bucket }],
    });
    await this.rover.run();
  }

  async stop(): Promise<void> {
    const { rover } = this;
    this.rover = null;
    // Kept lines would hold it open.
    (rover as unknown as { httpServer?: Server } | null)?.httpServer?.closeAllConnections();
    await rover?.close();
  }

  async clear(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get settings(): BucketSettings {
    return { endpoint: `http://127.0.0.1:${this.port}`, bucket: this.bucket, ...ACCOUNT };
  }

  /** The names a deployment is told these settings by. */
  get environment(): Record<string, string> {
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = this.settings;
    return {
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_REGION: region,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    };
  }
}

/** What somebody sees, and may do, who comes to the stored things behind our back. */
export interface Backdoor {
  kind: "disk" | "s3";
  names(id: string): Promise<string[]>;
  read(id: string, name: string): Promise<Buffer>;
  write(id: string, name: string, bytes: Uint8Array): Promise<void>;
  remove(id: string, name: string): Promise<void>;
  /** How much of a body is there. */
  bodyBytes(id: string): Promise<number>;
  /** The thing the first chunk lies in, and every later one of a file of at most eight chunks. */
  body: string;
  /** The thing the whole chunks of such a file lie in while it is unfinished. */
  unfinished: string;
  server: S3Server | null;
}

export class DiskDoor implements Backdoor {
  readonly kind = "disk";
  readonly body = "body";
  readonly unfinished = "body";
  readonly server = null;

  private at(id: string, name = ""): string {
    return path.join(filesRoot(), id.slice(-2), id, name);
  }
  names = (id: string) => readdir(this.at(id)).catch(() => []);
  read = (id: string, name: string) => readFile(this.at(id, name));
  async write(id: string, name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.at(id), { recursive: true });
    await writeFile(this.at(id, name), bytes);
  }
  remove = (id: string, name: string) => rm(this.at(id, name));
  bodyBytes = (id: string) =>
    stat(this.at(id, "body")).then(
      ({ size }) => size,
      () => 0,
    );
}

class S3Door implements Backdoor {
  readonly kind = "s3";
  readonly body = "group-0";
  readonly unfinished = "open-0";
  private readonly bucket: Bucket;

  constructor(readonly server: S3Server) {
    this.bucket = new Bucket(server.settings);
  }
  private at(id: string, name = ""): string {
    return `files/${id.slice(-2)}/${id}/${name}`;
  }
  private async all(id: string) {
    const found = await Array.fromAsync(this.bucket.list(this.at(id)));
    return found.map(({ key, bytes }) => ({ name: key.slice(this.at(id).length), bytes }));
  }
  names = async (id: string) => (await this.all(id)).map(({ name }) => name);
  async bodyBytes(id: string): Promise<number> {
    const groups = (await this.all(id)).filter(({ name }) => name.startsWith("group-"));
    return groups.reduce((total, { bytes }) => total + bytes, 0);
  }
  async read(id: string, name: string): Promise<Buffer> {
    const part = await this.bucket.get(this.at(id, name));
    if (!part) throw new Error(`There is no ${name}.`);
    return part.bytes;
  }
  write = (id: string, name: string, bytes: Uint8Array) => this.bucket.put(this.at(id, name), bytes);
  remove = (id: string, name: string) => this.bucket.delete([this.at(id, name)]);
}

/** Says the same promises of each store. */
export function describeStores(what: string, promises: (door: () => Backdoor) => void): void {
  describe.each(["disk", "s3"] as const)(`${what}, on %s,`, (kind) => {
    let door: Backdoor;
    beforeAll(async () => {
      door = kind === "disk" ? new DiskDoor() : new S3Door(await S3Server.start());
      replaceStore(door.server ? new S3Store(new Bucket(door.server.settings)) : new DiskStore());
    });
    afterAll(async () => {
      replaceStore(new DiskStore());
      await door.server?.clear();
    });
    promises(() => door);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
