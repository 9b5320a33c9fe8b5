import { createHash } from "node:crypto";
import type { SignedIn } from "@/lib/kernel/actor";
import { newToken } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { handleUpload } from "@/lib/records/handle-upload";

const ORIGIN = "http://127.0.0.1:3000";

/** A bearer token of a person in the database. */
export async function bearerOf(person: SignedIn): Promise<string> {
  const token = newToken("vlv_");
  const data = { personId: person.personId, name: "test", tokenHash: sha256(token), scopes: ["all"] };
  await openDb().apiToken.create({ data });
  return token;
}

type Sent = { headers?: Record<string, string>; body?: BodyInit | ReadableStream<Uint8Array> };

/** Speaks tus to the handler in this process: what is asked and answered are ordinary web requests and responses. */
export class TusClient {
  private constructor(private readonly token: string) {}

  static async of(person: SignedIn): Promise<TusClient> {
    return new TusClient(await bearerOf(person));
  }

  static withToken(token: string): TusClient {
    return new TusClient(token);
  }

  send(method: string, path: string, { headers = {}, body }: Sent = {}): Promise<Response> {
    const [, , , , caseId = "", , recordId] = path.split("/");
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "tus-resumable": "1.0.0", ...headers },
      ...(body === undefined ? {} : { body, duplex: "half" }),
    });
    return handleUpload(request, { caseId, recordId: recordId ?? null });
  }

  create(
    caseId: string,
    file: { size: number; metadata?: Record<string, string> },
    sent: Sent = {},
  ): Promise<Response> {
    const pairs = Object.entries(file.metadata ?? { filename: "echo.dcm" });
    const headers = {
      "upload-length": String(file.size),
      "upload-metadata": pairs.map(([key, value]) => `${key} ${base64(value)}`).join(","),
      ...sent.headers,
    };
    return this.send("POST", `/api/v1/cases/${caseId}/uploads`, { ...sent, headers });
  }

  patch(location: string, offset: number, body: Sent["body"], headers: Record<string, string> = {}) {
    return this.send("PATCH", location, {
      headers: {
        "upload-offset": String(offset),
        "content-type": "application/offset+octet-stream",
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
  }

  async offset(location: string): Promise<number> {
    const response = await this.send("HEAD", location);
    if (response.status !== 200) throw new Error(`HEAD answered ${response.status}.`);
    return Number(response.headers.get("upload-offset"));
  }

  /** Creates and sends a whole file; answers the record's id. */
  async upload(caseId: string, bytes: Uint8Array, metadata: Record<string, string> = {}): Promise<string> {
    const created = await this.create(caseId, {
      size: bytes.length,
      metadata: { filename: "file.bin", sha256: sha256(bytes), ...metadata },
    });
    if (created.status !== 201) throw new Error(`POST answered ${created.status}: ${await created.text()}`);
    const location = created.headers.get("location") ?? "";
    const patched = await this.patch(location, 0, Buffer.from(bytes));
    if (patched.status !== 204) throw new Error(`PATCH answered ${patched.status}: ${await patched.text()}`);
    return location.split("/").pop() ?? "";
  }
}

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** Bytes that look random and are the same on every run. */
export function noise(size: number, seed = 1): Buffer<ArrayBuffer> {
  const block = createHash("sha512").update(`noise ${seed}`).digest();
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += block.length) {
    block.writeUInt32BE((at / block.length) >>> 0, 0);
    block.copy(bytes, at);
  }
  return bytes;
}

/** A body that gives these pieces and then breaks, as a lost connection does. */
export function brokenBody(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  const waiting = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = waiting.shift();
      if (piece) controller.enqueue(piece);
      else controller.error(new Error("The line broke."));
    },
  });
}
