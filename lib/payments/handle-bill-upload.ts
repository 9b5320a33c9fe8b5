import "server-only";
import { isUuid } from "@/lib/kernel/ids";
import { identityOf } from "@/lib/infra/api";
import { log } from "@/lib/infra/log";
import { Problem, problemOf } from "@/lib/infra/problem";
import { personAs } from "@/lib/infra/session";
import { storeProblem } from "@/lib/infra/store-problem";
import { safeFilename } from "@/lib/records/upload";
import { type BillWriter, type KeptFile, keepBillFile } from "./keep-bill-file";

/** Takes the original of an invoice as the bare body of a request; its length is announced, its name is in the query. */
export async function handleBillUpload(request: Request, bookingId: string): Promise<Response> {
  try {
    const kept = await take(request, bookingId);
    return Response.json(kept, { status: 201, headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof Problem) return error.toResponse();
    const problem = storeProblem(error) ?? new Problem(500, "internal");
    log.error({ error, path: "/bill-uploads", method: request.method }, "api failed");
    return problem.toResponse();
  }
}

async function take(request: Request, bookingId: string): Promise<KeptFile> {
  const writer = await writerOf(request);
  if (!isUuid(bookingId)) throw new Problem(404, "not_found");
  const filename = safeFilename(new URL(request.url).searchParams.get("filename") ?? "") || "invoice";
  const declared = request.headers.get("content-length") ?? "";
  const sizeBytes = /^\d{1,12}$/u.test(declared) ? Number(declared) : 0;
  if (sizeBytes === 0 || !request.body) throw new Problem(422, "short_body");
  const sent = { filename, sizeBytes, bytes: request.body };
  const kept = await keepBillFile(writer, bookingId, sent, new Date());
  if (!kept.ok) throw problemOf(kept);
  return kept.value;
}

async function writerOf(request: Request): Promise<BillWriter> {
  const identity = await identityOf(request);
  if (!identity) throw new Problem(401, "unauthorized");
  if (identity.owesFactor) throw new Problem(403, "second_factor_missing");
  const writer = personAs(identity, "clinic_manager") ?? personAs(identity, "coordinator");
  if (!writer) throw new Problem(404, "not_found");
  return writer;
}
