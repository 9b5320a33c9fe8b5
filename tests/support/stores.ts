import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { replaceStore } from "@/lib/infra/record-store";
import { Bucket } from "@/lib/infra/record-store-bucket";
import { DiskStore, filesRoot } from "@/lib/infra/record-store-disk";
import { S3Store } from "@/lib/infra/record-store-s3";
import { S3Server } from "./s3-server";

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
