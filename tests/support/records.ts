import path from "node:path";
import type { SignedIn } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { readRange, type StoredFile } from "@/lib/infra/record-store";
import { filesRoot } from "@/lib/infra/record-store-disk";
import { openFileKey } from "@/lib/infra/record-store-key";
import type { CaseStage } from "@/lib/cases/case";
import { checkRecord } from "@/lib/records/check-record";
import { makeCase } from "./cases";
import { makeCoordinator, makePatient, testSystem } from "./people";
import { bearerOf, TusClient } from "./uploads";

/** A patient with a case that a coordinator owns, and the patient's way to upload. */
export async function caseWithOwner(stage: CaseStage = "collecting_records", treatment = "teer") {
  const [patient, owner] = [await makePatient("Anna Petrova"), await makeCoordinator()];
  const { id: caseId } = await makeCase({ patient, stage, owner, treatment });
  return { patient, owner, caseId, tus: await TusClient.of(patient) };
}

/** Uploads, lets the check run once as the worker does, and answers the row. */
export async function uploadAndCheck(
  tus: TusClient,
  caseId: string,
  bytes: Uint8Array,
  metadata: Record<string, string> = {},
) {
  const id = await tus.upload(caseId, bytes, metadata);
  await checkRecord(testSystem, id, new Date());
  return recordRow(id);
}

export const idOf = (location: string) => location.split("/").pop() ?? "";

/** Where the sealed bytes of a record lie. */
export const folderOf = (id: string) => path.join(filesRoot(), id.slice(-2), id);

/** Begins an upload of this size; answers its address. */
export async function beginUpload(tus: TusClient, caseId: string, size: number): Promise<string> {
  const created = await tus.create(caseId, { size });
  const location = created.headers.get("location");
  if (created.status !== 201 || !location) throw new Error(`POST answered ${created.status}.`);
  return location;
}

/** A record as the store knows it. */
export async function storedFileOf(id: string): Promise<StoredFile> {
  const row = await recordRow(id);
  if (!row.wrappedKey) throw new Error("The key is gone.");
  const key = openFileKey(id, { wrappedKey: row.wrappedKey, keyVersion: row.keyVersion });
  return { recordId: id, key, sizeBytes: Number(row.sizeBytes), chunkBytes: row.chunkBytes };
}

/** What the store opens to, without any door in between. */
export async function storedBytes(id: string): Promise<Buffer> {
  const file = await storedFileOf(id);
  return Buffer.concat(await Array.fromAsync(readRange(file, 0, file.sizeBytes)));
}

export const recordRow = (id: string) =>
  asPerson(testSystem, (tx) => tx.record.findUniqueOrThrow({ where: { id } }));

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Calls a route of the API as this person. */
export async function callAs(
  person: SignedIn | null,
  route: Route,
  params: Record<string, string>,
  init: { method?: string; json?: unknown; headers?: Record<string, string>; query?: string } = {},
): Promise<Response> {
  const headers: Record<string, string> = { ...init.headers };
  if (person) headers.authorization = `Bearer ${await bearerOf(person)}`;
  if (init.json !== undefined) headers["content-type"] = "application/json";
  const request = new Request(`http://127.0.0.1:3000/api/v1/x${init.query ?? ""}`, {
    method: init.method ?? "GET",
    headers,
    ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
  });
  return route(request, { params: Promise.resolve(params) });
}
