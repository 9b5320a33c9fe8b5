import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BucketSettings } from "@/lib/infra/record-store-bucket";

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

  /** What lies in it, by the server's own files. */
  async names(): Promise<string[]> {
    return readdir(path.join(this.folder, this.bucket), { recursive: true });
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
