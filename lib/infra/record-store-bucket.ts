import "server-only";
import { S3mini, S3ServiceError } from "s3mini";
import { StoreAway } from "./record-store-driver";

/** Where an S3-compatible store is, and as whom we come. */
export interface BucketSettings {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface Part {
  bytes: Buffer;
  /** How long the whole object is; 0 when the part begins beyond its end. */
  totalBytes: number;
}

/** An 8 MiB object must come or go within this, on a line no slower than 280 kB/s. */
const ANSWER_MS = 30_000;
const PAUSES_MS = [100, 400, 1_600];
const PAGE = 1_000;
const AT_ONCE = 8;

/** One bucket of an S3-compatible store, asked again when it stumbles. Throws `StoreAway` when that does not help. */
export class Bucket {
  private readonly client: S3mini;

  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey }: BucketSettings) {
    this.client = new S3mini({
      endpoint: `${endpoint.replace(/\/+$/, "")}/${bucket}`,
      region,
      accessKeyId,
      secretAccessKey,
      requestAbortTimeout: ANSWER_MS,
      // The web server's own fetch remembers answers unless told not to.
      fetch: (address, init) => fetch(address, { ...init, cache: "no-store" }),
    });
  }

  /** Answers once the store has it. */
  async put(key: string, bytes: Uint8Array): Promise<void> {
    await patiently(() => this.client.putObject(key, bytes));
  }

  /** The bytes of an object, or of a part of it; null when there is no such object. */
  async get(key: string, range?: { start: number; end: number }): Promise<Part | null> {
    return patiently(async () => {
      try {
        const whole = range === undefined;
        const answer = await this.client.getObjectRaw(key, whole, range?.start, range?.end);
        const bytes = Buffer.from(await answer.arrayBuffer());
        if (answer.status !== 206)
          return { bytes: bytes.subarray(range?.start, range?.end), totalBytes: bytes.length };
        return { bytes, totalBytes: Number(answer.headers.get("content-range")?.split("/")[1]) };
      } catch (error) {
        if (isNoSuchKey(error)) return null;
        if (error instanceof S3ServiceError && error.status === 416)
          return { bytes: Buffer.alloc(0), totalBytes: 0 };
        throw error;
      }
    });
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const some = keys.slice(from, from + AT_ONCE);
      await Promise.all(some.map((key) => patiently(() => this.client.deleteObject(key))));
    }
  }

  /** Every object whose key begins so, in the order of keys. */
  async *list(prefix: string): AsyncGenerator<{ key: string; bytes: number }> {
    let after = "";
    for (let isMore = true; isMore;) {
      const page = await patiently(() => this.page(prefix, PAGE, after));
      for (const [, object = ""] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        after = inTag("Key", object);
        yield { key: after, bytes: Number(inTag("Size", object)) };
      }
      isMore = inTag("IsTruncated", page) === "true";
    }
  }

  /** Asked at the bucket's own address: the client's way to list signs an address that not every store agrees on. */
  private async page(prefix: string, count: number, after: string): Promise<string> {
    const asked = { "list-type": 2, prefix, "max-keys": count };
    const query = { ...asked, ...(after ? { "start-after": after } : {}) };
    return (await this.client.getObjectRaw("", true, 0, undefined, query)).text();
  }

  async check(): Promise<void> {
    // Nothing is ever called so. Once more: a kept line may be one to the store's life before.
    await patiently(() => this.page("ready/", 1, ""), [100]);
  }
}

/** Our keys are ids and names of ours: nothing in them is ever written differently in XML. */
function inTag(tag: string, xml: string): string {
  return new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(xml)?.[1] ?? "";
}

async function patiently<T>(act: () => Promise<T>, pauses: readonly number[] = PAUSES_MS): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await act();
    } catch (cause) {
      const pauseMs = pauses[attempt];
      if (pauseMs === undefined || !isPassing(cause)) throw awayBecause(cause);
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
    }
  }
}

/** What may be different in a moment: a line that broke, a store that is starting or has too much to do. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof S3ServiceError)) return true;
  return !isFull(error) && (error.status >= 500 || error.status === 408 || error.status === 429);
}

/** There is no common word for it: HTTP has a status, MinIO and Ceph have codes of their own. */
function isFull({ status, body = "" }: S3ServiceError): boolean {
  return status === 507 || /<Code>(XMinioStorageFull|QuotaExceeded)</.test(body);
}

function awayBecause(cause: unknown): StoreAway {
  if (cause instanceof S3ServiceError && isFull(cause))
    return Object.assign(new StoreAway("The store is full.", { cause }), { code: "ENOSPC" });
  const why = cause instanceof S3ServiceError ? `It said ${cause.status} ${cause.serviceCode}.` : "";
  return new StoreAway(`The store does not take or give bytes. ${why}`.trim(), { cause });
}

function isNoSuchKey(error: unknown): boolean {
  return error instanceof S3ServiceError && error.status === 404 && !error.body?.includes("NoSuchBucket");
}
