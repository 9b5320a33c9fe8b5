import "server-only";
import { isUuid } from "@/lib/kernel/ids";
import type { Outcome } from "@/lib/kernel/outcome";
import { identityOf } from "@/lib/infra/api";
import { dropKey, keepAnswer, keptAnswer } from "@/lib/infra/idempotency";
import { log } from "@/lib/infra/log";
import { Problem, problemOf } from "@/lib/infra/problem";
import { type Identity, personAs } from "@/lib/infra/session";
import { storeProblem } from "@/lib/infra/store-problem";
import { appendUpload } from "./append-upload";
import { isChecklistItem } from "./checklist";
import { createUpload } from "./create-upload";
import { endUpload } from "./end-upload";
import { type UploadProgress, uploadProgress } from "./open-upload";
import type { Uploader } from "./scope";
import {
  CHECKSUM_ALGORITHMS,
  isUploadBody,
  readAnnouncement,
  readPatchHeaders,
  TUS_EXTENSIONS,
  TUS_VERSION,
  UPLOAD_BYTES_MAX,
} from "./upload";

/** Statuses the tus protocol names for what its verbs refuse. */
const STATUS: Record<string, number> = {
  too_large: 413,
  wrong_media_type: 415,
  malformed_upload: 400,
  malformed_checksum: 400,
  wrong_offset: 409,
  upload_busy: 423,
  upload_expired: 410,
  checksum_mismatch: 460,
  storage_full: 507,
};

type Params = { caseId: string; recordId: string | null };

/**
 * The whole tus 1.0.0 endpoint of one case: a web request in, a web response out, so that a Next route and a plain
 * Node process mount the same function. Problems are answered as RFC 9457, like everywhere in the API.
 */
export async function handleUpload(request: Request, params: Params): Promise<Response> {
  try {
    const method = methodOf(request);
    if (method === "OPTIONS") return answer(204, serverFacts());
    if (request.headers.get("tus-resumable") !== TUS_VERSION) throw new Problem(412, "tus_version");
    const uploader = uploaderOf(await identityOf(request));
    if (!isUuid(params.caseId)) throw new Problem(404, "not_found");
    if (params.recordId === null) {
      if (method !== "POST") throw new Problem(405, "method_not_allowed");
      return await create(request, uploader, params.caseId);
    }
    if (!isUuid(params.recordId)) throw new Problem(404, "not_found");
    return await resume(request, method, uploader, { caseId: params.caseId, recordId: params.recordId });
  } catch (error) {
    return problemAnswer(error, request);
  }
}

/** A client behind an old proxy says PATCH or DELETE in a POST; nothing else may be renamed. */
function methodOf({ method, headers }: Request): string {
  return (method === "POST" && headers.get("x-http-method-override")?.toUpperCase()) || method;
}

function uploaderOf(identity: Identity | null): Uploader {
  if (!identity) throw new Problem(401, "unauthorized");
  const uploader =
    personAs(identity, "patient") ??
    personAs(identity, "coordinator") ??
    personAs(identity, "clinic_reviewer") ??
    personAs(identity, "clinic_manager");
  if (!uploader) throw new Problem(404, "not_found");
  return uploader;
}

async function resume(
  request: Request,
  method: string,
  uploader: Uploader,
  place: { caseId: string; recordId: string },
): Promise<Response> {
  const now = new Date();
  if (method === "HEAD") {
    const progress = taken(await uploadProgress(uploader, place, now));
    return answer(200, { ...progressHeaders(progress), "upload-length": String(progress.sizeBytes) });
  }
  if (method === "PATCH") {
    const part = taken(readPatchHeaders(request.headers));
    return answer(
      204,
      progressHeaders(taken(await appendUpload(uploader, place, { ...part, body: request.body }, now))),
    );
  }
  if (method === "DELETE") {
    taken(await endUpload(uploader, place));
    return answer(204);
  }
  throw new Problem(405, "method_not_allowed");
}

async function create(request: Request, uploader: Uploader, caseId: string): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  // With a body the same bytes cannot be recognised without reading them; such a request stands for itself.
  if (!key || isUploadBody(request.headers)) return createNow(request, uploader, caseId);
  if (key.length > 255) throw new Problem(422, "invalid");
  const announced = ["upload-length", "upload-metadata"].map((name) => request.headers.get(name)).join("\n");
  const route = `POST /api/v1/cases/${caseId}/uploads`;
  const kept = await keptAnswer({ personId: uploader.personId, key, route, body: announced });
  if (kept) return withTusHeaders(kept);
  try {
    const fresh = await createNow(request, uploader, caseId);
    await keepAnswer(uploader.personId, key, fresh.clone());
    return fresh;
  } catch (error) {
    await dropKey(uploader.personId, key);
    throw error;
  }
}

async function createNow(request: Request, uploader: Uploader, caseId: string): Promise<Response> {
  const now = new Date();
  const announced = taken(readAnnouncement(request.headers, isChecklistItem));
  const part = isUploadBody(request.headers) ? firstPart(request) : null;
  const { id, expiresAt } = taken(await createUpload(uploader, caseId, announced, now));
  const headers: Record<string, string> = {
    location: `/api/v1/cases/${caseId}/uploads/${id}`,
    "upload-expires": expiresAt.toUTCString(),
  };
  // An empty file is whole at once: nothing will ever follow that could complete it.
  if (!part && announced.sizeBytes > 0) return answer(201, headers);
  const body = part ? request.body : null;
  const empty = { offset: 0, checksum: null, bodyBytes: null };
  const place = { caseId, recordId: id };
  const progress = taken(await appendUpload(uploader, place, { ...(part ?? empty), body }, now));
  return answer(201, { location: headers.location ?? "", ...progressHeaders(progress) });
}

function firstPart(request: Request) {
  const headers = new Headers(request.headers);
  headers.set("upload-offset", "0");
  return taken(readPatchHeaders(headers));
}

function taken<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const problem = problemOf(outcome);
  const status = STATUS[outcome.reason];
  throw status ? new Problem(status, problem.code, problem.detail, [], problem.extra) : problem;
}

function serverFacts(): Record<string, string> {
  return {
    "tus-version": TUS_VERSION,
    "tus-extension": TUS_EXTENSIONS,
    "tus-max-size": String(UPLOAD_BYTES_MAX),
    "tus-checksum-algorithm": CHECKSUM_ALGORITHMS.join(","),
  };
}

function progressHeaders(progress: UploadProgress): Record<string, string> {
  return {
    "upload-offset": String(progress.offset),
    ...(progress.expiresAt ? { "upload-expires": progress.expiresAt.toUTCString() } : {}),
  };
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return withTusHeaders(new Response(status === 201 ? "{}" : null, { status, headers }));
}

function withTusHeaders(response: Response): Response {
  response.headers.set("tus-resumable", TUS_VERSION);
  response.headers.set("cache-control", "no-store");
  response.headers.set("x-content-type-options", "nosniff");
  if (response.status === 201) response.headers.set("content-type", "application/json");
  return response;
}

function problemAnswer(error: unknown, request: Request): Response {
  const problem = error instanceof Problem ? error : (storeProblem(error) ?? new Problem(500, "internal"));
  if (problem !== error) {
    log.error({ error, path: new URL(request.url).pathname, method: request.method }, "upload failed");
  }
  const response = withTusHeaders(problem.toResponse());
  if (problem.status === 412) response.headers.set("tus-version", TUS_VERSION);
  if (problem.code === "wrong_offset") response.headers.set("upload-offset", String(problem.extra.offset));
  if (problem.status === 423) response.headers.set("retry-after", "2");
  if (problem.code === "store_away") response.headers.set("retry-after", "10");
  return request.method === "HEAD"
    ? new Response(null, { status: response.status, headers: response.headers })
    : response;
}
