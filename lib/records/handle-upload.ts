import "server-only";
import { personIdOf } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { identityOf } from "@/lib/infra/api";
import { clientAddress } from "@/lib/infra/client-address";
import { dropKey, keepAnswer, keptAnswer } from "@/lib/infra/idempotency";
import { log } from "@/lib/infra/log";
import { Problem, problemOf } from "@/lib/infra/problem";
import { spend } from "@/lib/infra/rate-limit";
import { type Identity, personAs } from "@/lib/infra/session";
import { storeProblem } from "@/lib/infra/store-problem";
import { appendUpload } from "./append-upload";
import { isChecklistItem } from "./checklist";
import { createUpload } from "./create-upload";
import { endUpload } from "./end-upload";
import { isKeptFirst, keepUpload } from "./keep-upload";
import { openLink } from "./open-link";
import { type UploadProgress, uploadProgress } from "./open-upload";
import type { Uploader } from "./scope";
import type { Body } from "./take-body";
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
  link_closed: 410,
  link_full: 413,
};

/** What is read of a web request: a plain process makes it without the rest of one, which costs more than a slice. */
export interface UploadRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Body;
}

/** By which door: a case its reader is signed in for, or the token of a link that leads into one. */
type Params = { recordId: string | null } & ({ caseId: string } | { linkToken: string });

interface Door {
  uploader: Uploader;
  caseId: string;
  /** Where this door's uploads are created; each of them lies below it. */
  path: string;
}

/**
 * The whole tus 1.0.0 endpoint of one case: a web request in, a web response out, so that a Next route and a plain
 * Node process mount the same function. Problems are answered as RFC 9457, like everywhere in the API.
 */
export async function handleUpload(request: UploadRequest, params: Params): Promise<Response> {
  try {
    const method = methodOf(request);
    if (method === "OPTIONS") return answer(204, serverFacts());
    if (request.headers.get("tus-resumable") !== TUS_VERSION) throw new Problem(412, "tus_version");
    const door = await doorOf(request, params);
    if (params.recordId === null) {
      if (method !== "POST") throw new Problem(405, "method_not_allowed");
      return await create(request, door);
    }
    if (!isUuid(params.recordId)) throw new Problem(404, "not_found");
    const place = { caseId: door.caseId, recordId: params.recordId };
    return await withReason(params, () => resume(request, method, door.uploader, place));
  } catch (error) {
    return problemAnswer(error, request);
  }
}

/** A client behind an old proxy says PATCH or DELETE in a POST; nothing else may be renamed. */
function methodOf({ method, headers }: UploadRequest): string {
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

async function doorOf(request: UploadRequest, params: Params): Promise<Door> {
  if ("linkToken" in params) {
    const { linkToken } = params;
    const uploader = taken(await openLink(linkToken, clientAddress(request.headers), new Date()));
    return { uploader, caseId: uploader.caseId, path: `/api/v1/upload-links/${linkToken}/uploads` };
  }
  const { caseId } = params;
  const uploader = uploaderOf(await identityOf(request));
  if (!isUuid(caseId)) throw new Problem(404, "not_found");
  return { uploader, caseId, path: `/api/v1/cases/${caseId}/uploads` };
}

/** A link that was closed while bytes were on their way says so, instead of knowing nothing all at once. */
async function withReason(params: Params, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if ("linkToken" in params && error instanceof Problem && error.status === 404)
      taken(await openLink(params.linkToken, null, new Date()));
    throw error;
  }
}

async function resume(
  request: UploadRequest,
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

async function create(request: UploadRequest, door: Door): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  // With a body the same bytes cannot be recognised without reading them; such a request stands for itself.
  const personId = personIdOf(door.uploader);
  if (!key || personId === null || isUploadBody(request.headers)) return createNow(request, door);
  if (key.length > 255) throw new Problem(422, "invalid");
  const announced = ["upload-length", "upload-metadata"].map((name) => request.headers.get(name)).join("\n");
  const route = `POST ${door.path}`;
  const kept = await keptAnswer({ personId, key, route, body: announced });
  if (kept) return withTusHeaders(kept);
  try {
    const fresh = await createNow(request, door);
    await keepAnswer(personId, key, fresh.clone());
    return fresh;
  } catch (error) {
    await dropKey(personId, key);
    throw error;
  }
}

async function createNow(request: UploadRequest, door: Door): Promise<Response> {
  const { uploader, caseId, path } = door;
  const now = new Date();
  if (uploader.role === "link_holder") {
    const retryAfter = await spend("link_upload", uploader.linkId);
    if (retryAfter) throw problemOf(refused("too_many", { retryAfter }));
  }
  const announced = taken(readAnnouncement(request.headers, isChecklistItem));
  const part = isUploadBody(request.headers) ? { ...firstPart(request), body: request.body } : null;
  if (part && isKeptFirst(uploader, announced, part)) {
    const { id } = taken(await keepUpload(uploader, caseId, { announced, part }, now));
    const whole = { offset: announced.sizeBytes, sizeBytes: announced.sizeBytes, expiresAt: null };
    return answer(201, { location: `${path}/${id}`, ...progressHeaders(whole) });
  }
  const { id, expiresAt } = taken(await createUpload(uploader, caseId, announced, now));
  const headers: Record<string, string> = {
    location: `${path}/${id}`,
    "upload-expires": expiresAt.toUTCString(),
  };
  // An empty file is whole at once: nothing will ever follow that could complete it.
  if (!part && announced.sizeBytes > 0) return answer(201, headers);
  const empty = { offset: 0, checksum: null, bodyBytes: null, body: null };
  const place = { caseId, recordId: id };
  const progress = taken(await appendUpload(uploader, place, part ?? empty, now));
  return answer(201, { location: headers.location ?? "", ...progressHeaders(progress) });
}

function firstPart(request: UploadRequest) {
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

function problemAnswer(error: unknown, request: UploadRequest): Response {
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
