import { createHash, randomUUID } from "node:crypto";

/** Where the product under test answers, and where its mailbox and payment peer are. */
export const BASE = process.env.VALVIA_TEST_URL ?? "http://127.0.0.1:3000";

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

type Json = Record<string, unknown> | unknown[];

/** A caller of API v1 with its own bearer token. */
export class ApiClient {
  constructor(
    readonly token: string | null,
    readonly base: string = BASE,
  ) {}

  static async signIn(email: string, password = "valvia-demo"): Promise<ApiClient> {
    const answer = await new ApiClient(null).post<{ token: string }>("/tokens", {
      email,
      password,
      name: "journey",
    });
    if (answer.status !== 201)
      throw new Error(`No token for ${email}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return new ApiClient(answer.body.token);
  }

  async send<T>(
    method: string,
    path: string,
    body?: Json,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    return {
      status: response.status,
      body: (type.includes("json") && text ? JSON.parse(text) : text) as T,
      headers: response.headers,
    };
  }

  get<T = Record<string, unknown>>(path: string) {
    return this.send<T>("GET", path);
  }
  post<T = Record<string, unknown>>(path: string, body: Json = {}, headers: Record<string, string> = {}) {
    return this.send<T>("POST", path, body, headers);
  }
  patch<T = Record<string, unknown>>(path: string, body: Json) {
    return this.send<T>("PATCH", path, body);
  }
  put<T = Record<string, unknown>>(path: string, body: Json) {
    return this.send<T>("PUT", path, body);
  }
  delete<T = Record<string, unknown>>(path: string) {
    return this.send<T>("DELETE", path);
  }
}

/** A new private person of the demo with their own account. */
export async function newPatient(
  name = "Samira Haddad",
): Promise<{ api: ApiClient; email: string; id: string }> {
  const email = `journey.${randomUUID()}@example.test`;
  const answer = await new ApiClient(null).post<{ id: string; token: string }>("/accounts", {
    email,
    password: "a long sentence to remember",
    name,
    locale: "en",
  });
  if (answer.status !== 201) throw new Error(`No account: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { api: new ApiClient(answer.body.token), email, id: answer.body.id };
}

/** Asks again until the answer fits or the time is over. */
export async function until<T>(ask: () => Promise<T>, fits: (value: T) => boolean, ms = 30_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`Not in ${ms} ms: ${JSON.stringify(value).slice(0, 600)}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Uploads bytes by raw tus 1.0: one creation, one PATCH. Answers the record's id. */
export async function uploadFile(
  api: ApiClient,
  caseId: string,
  file: { name: string; bytes: Uint8Array; item?: string; type?: string },
): Promise<string> {
  const encode = (text: string) => Buffer.from(text).toString("base64");
  const metadata = [
    `filename ${encode(file.name)}`,
    ...(file.type ? [`filetype ${encode(file.type)}`] : []),
    ...(file.item ? [`item ${encode(file.item)}`] : []),
    `sha256 ${encode(createHash("sha256").update(file.bytes).digest("hex"))}`,
  ].join(",");
  const headers = { authorization: `Bearer ${api.token}`, "tus-resumable": "1.0.0" };
  const created = await fetch(`${api.base}/api/v1/cases/${caseId}/uploads`, {
    method: "POST",
    headers: { ...headers, "upload-length": String(file.bytes.length), "upload-metadata": metadata },
  });
  if (created.status !== 201)
    throw new Error(`Upload not created: ${created.status} ${await created.text()}`);
  const location = new URL(created.headers.get("location") ?? "", api.base).href;
  const patched = await fetch(location, {
    method: "PATCH",
    headers: { ...headers, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
    body: Buffer.from(file.bytes),
  });
  if (patched.status !== 204) throw new Error(`Upload not taken: ${patched.status} ${await patched.text()}`);
  return location.split("/").pop() ?? "";
}
