import "server-only";
import type { Role } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import type { Outcome } from "@/lib/kernel/outcome";
import type { z } from "zod";
import { sessionCookieName } from "./auth-cookies";
import { owesStepUp } from "./auth-step-up";
import { ownOrigins } from "./env";
import { keptAnswer, keepAnswer, dropKey } from "./idempotency";
import { log } from "./log";
import { Problem, problemOf } from "./problem";
import { type Identity, identityOfBearer, identityOfCookie, personAs } from "./session";
import { storeProblem } from "./store-problem";

type Params = Record<string, string | string[] | undefined>;
type RouteContext = { params: Promise<Params> };
type ActorFor<R extends Role> = NonNullable<ReturnType<typeof personAs<R>>>;

/** What a route reads of a request; `Request` is one. */
export interface ApiRequest {
  method: string;
  /** With scheme and host, though those are not the client's. */
  url: string;
  headers: { get: (name: string) => string | null };
  body: AsyncIterable<Uint8Array> | null;
  /** Told when whoever asks has gone. */
  signal: AbortSignal;
}

/** What says who asks. */
type Asked = Pick<ApiRequest, "method" | "headers">;

const BODY_BYTES_MAX = 1_000_000;

/** One request to the HTTP API: who asks, what was sent, and the ways to answer. */
export class ApiCall {
  private constructor(
    readonly request: ApiRequest,
    private readonly params: Params,
    readonly identity: Identity | null,
    /** The body as it came, for what is no text. */
    readonly rawBytes: Buffer,
    private readonly bodyText: string,
  ) {}

  static async of(request: ApiRequest, params: Params): Promise<ApiCall> {
    const identity = await identityOf(request);
    const bytes = request.method === "GET" ? Buffer.alloc(0) : await readBytes(request);
    return new ApiCall(request, params, identity, bytes, new TextDecoder().decode(bytes));
  }

  get rawBody(): string {
    return this.bodyText;
  }

  /** The caller in the first of these roles they hold: 401 without a session, 404 for a role that never has this route. */
  as<R extends Role>(...roles: [R, ...R[]]): ActorFor<R> {
    if (!this.identity) throw new Problem(401, "unauthorized");
    if (this.identity.owesFactor) throw new Problem(403, "second_factor_missing");
    for (const role of roles) {
      const person = personAs(this.identity, role);
      if (person) return person;
    }
    throw new Problem(404, "not_found");
  }

  /** Money and rights move only when the second step is fresh: for a token, when it was made with a code just now. */
  confirmed(): void {
    if (this.identity && owesStepUp(this.identity, new Date())) throw new Problem(403, "step_up_required");
  }

  /** A UUID from the path; anything else is simply not there. */
  id(name: string): string {
    const value = this.text(name);
    if (!isUuid(value)) throw new Problem(404, "not_found");
    return value;
  }

  text(name: string): string {
    const value = this.params[name];
    // No stored text holds a NUL, and the database refuses to be asked for one.
    if (typeof value !== "string" || value.length > 200 || value.includes("\u0000"))
      throw new Problem(404, "not_found");
    return value;
  }

  /** The JSON body, parsed by a feature's form. 415, 400 or 422 when it does not fit. An empty body is `{}`. */
  body<S extends z.ZodType>(form: S): z.output<S> {
    const type = this.request.headers.get("content-type") ?? "";
    if (this.bodyText && !type.includes("json")) throw new Problem(415, "unsupported_media_type");
    let value: unknown;
    try {
      value = this.bodyText ? JSON.parse(this.bodyText) : {};
    } catch {
      throw new Problem(400, "malformed");
    }
    return parse(form, value);
  }

  query<S extends z.ZodType>(form: S): z.output<S> {
    return parse(form, Object.fromEntries(new URL(this.request.url).searchParams));
  }

  /** The value of a change, or the refusal as a problem. */
  value<T>(outcome: Outcome<T>): T {
    if (!outcome.ok) throw problemOf(outcome);
    return outcome.value;
  }

  /** A query's answer; null is the same "not found" for a stranger's row and no row. */
  found<T>(value: T | null): T {
    if (value === null) throw new Problem(404, "not_found");
    return value;
  }

  /** Who may not know about it is told what a stranger is told. */
  may(isAllowed: boolean): void {
    if (!isAllowed) throw new Problem(404, "not_found");
  }

  json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
    return this.written(JSON.stringify(body), status, headers);
  }

  /** An answer that is written as JSON already. */
  written(body: string, status = 200, headers: Record<string, string> = {}): Response {
    return new Response(body, {
      status,
      headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    });
  }

  created(body: object, path: string): Response {
    return this.json(body, 201, { location: path });
  }
}

interface RouteWish {
  /** The answer holds a secret that is shown once: it is kept for no `Idempotency-Key`. */
  isSecret?: boolean;
}

/** Wraps a route of API v1: identity, idempotency keys, problems instead of stack traces. */
export function apiRoute(run: (call: ApiCall) => Promise<Response>, wish: RouteWish = {}) {
  return async (request: ApiRequest, context: RouteContext): Promise<Response> => {
    try {
      const call = await ApiCall.of(request, await context.params);
      return guarded(await (wish.isSecret ? run(call) : once(call, run)));
    } catch (error) {
      if (error instanceof Problem) return guarded(error.toResponse());
      const problem = storeProblem(error) ?? new Problem(500, "internal");
      log.error({ error, path: new URL(request.url).pathname, method: request.method }, "api failed");
      return guarded(problem.toResponse());
    }
  };
}

/** What every answer of the API carries unless the route says otherwise: it is data, never a page. */
const GUARDS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

function guarded(answer: Response): Response {
  for (const [name, value] of Object.entries(GUARDS)) {
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  }
  return answer;
}

async function once(call: ApiCall, run: (call: ApiCall) => Promise<Response>): Promise<Response> {
  const key = call.request.headers.get("idempotency-key");
  const personId = call.identity?.personId;
  if (call.request.method !== "POST" || !key || !personId) return run(call);
  if (key.length > 255)
    throw new Problem(422, "invalid", undefined, [
      { path: "Idempotency-Key", message: "At most 255 characters." },
    ]);
  const { pathname, search } = new URL(call.request.url);
  // What is no text would look like other bytes that are none either.
  const body = call.rawBody.includes("\uFFFD") ? call.rawBytes.toString("base64") : call.rawBody;
  const kept = await keptAnswer({ personId, key, route: `POST ${pathname}${search}`, body });
  if (kept) return kept;
  try {
    const answer = await run(call);
    await settleKey(personId, key, answer.clone());
    return answer;
  } catch (error) {
    // A fresh second step is asked for, and the same request is meant to come again after it.
    const isFinal = error instanceof Problem && error.code !== "step_up_required";
    if (isFinal) await settleKey(personId, key, error.toResponse());
    else await dropKey(personId, key);
    throw error;
  }
}

/** "Later" and an error of ours are no answer to keep: the same request may be sent again under the same key. */
async function settleKey(personId: string, key: string, answer: Response): Promise<void> {
  if (answer.status >= 500 || answer.status === 429) await dropKey(personId, key);
  else await keepAnswer(personId, key, answer);
}

function parse<S extends z.ZodType>(form: S, value: unknown): z.output<S> {
  const result = form.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new Problem(422, "invalid", undefined, errors);
}

/** Bearer token, or the browser's cookie when the request comes from our own pages. */
export async function identityOf(request: Asked): Promise<Identity | null> {
  const authorization = request.headers.get("authorization");
  if (authorization) {
    const [scheme, token] = authorization.split(" ");
    if (scheme?.toLowerCase() !== "bearer" || !token) throw new Problem(401, "unauthorized");
    const identity = await identityOfBearer(token);
    if (!identity) throw new Problem(401, "unauthorized");
    if (!isReading(request) && !identity.scopes?.includes("all")) throw new Problem(403, "forbidden");
    return identity;
  }
  const token = cookieValue(request, sessionCookieName());
  if (!token) return null;
  if (!isReading(request)) refuseCrossSite(request);
  return identityOfCookie(token);
}

function isReading({ method }: Asked): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

export function refuseCrossSite(request: Asked): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (!ownOrigins().includes(origin ?? "") || (site !== null && site !== "same-origin")) {
    throw new Problem(403, "cross_site");
  }
}

function cookieValue(request: Asked, name: string): string | null {
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, ...rest] = pair.trim().split("=");
    if (key === name) return rest.join("=");
  }
  return null;
}

export async function readBody(request: ApiRequest): Promise<string> {
  return new TextDecoder().decode(await readBytes(request));
}

async function readBytes(request: ApiRequest): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > BODY_BYTES_MAX) throw new Problem(413, "too_large");
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    // Counted while it comes: a body sent in pieces declares no length.
    for await (const piece of request.body ?? []) {
      size += piece.byteLength;
      if (size > BODY_BYTES_MAX) throw new Problem(413, "too_large");
      pieces.push(piece);
    }
  } catch (error) {
    // Whoever sent it has gone, and is no fault of ours.
    if (isBroken(error)) throw new Problem(400, "malformed");
    throw error;
  }
  return Buffer.concat(pieces);
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}
