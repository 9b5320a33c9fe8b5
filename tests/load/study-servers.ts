import path from "node:path";
import { freePort, makeUploader, MIB, Served } from "../../bench/upload-world";
import { ask, send, type StudyFile, type Target } from "./study";

/** How many files of a study are on their way at a time, as in the browser. */
export const AT_ONCE = 4;

export async function startWarm(url: string): Promise<Served> {
  const server = await startOurs(await freePort());
  const { caseId, token } = await makeUploader(url);
  const place = { path: `/api/v1/cases/${caseId}/uploads`, headers: { authorization: `Bearer ${token}` } };
  // Connections, threads and compiled queries come with the first uploads; they are part of being idle.
  for (const [at, sizeBytes] of [MIB, 20 * MIB].entries()) {
    const file = { name: "warm", sizeBytes, shift: at };
    const { status } = await send(await targetOf(server.port, place, file), file, 0);
    if (status !== 204) throw new Error(`The first upload was answered with ${status}.`);
  }
  await server.watch();
  return server;
}

function startOurs(port: number): Promise<Served> {
  return Served.start(path.resolve(".build/records.mjs"), [], {
    ...process.env,
    PORT: String(port),
    ROLE: "records",
  });
}

export const TUS = { "tus-resumable": "1.0.0" };
const BYTES = { "content-type": "application/offset+octet-stream" };

function announced(file: StudyFile): Record<string, string> {
  return { "upload-length": String(file.sizeBytes), "upload-metadata": `filename ${btoa(file.name)}` };
}

/** The request that begins a file and brings all of it. */
export function wholeOf(
  port: number,
  { path, headers }: { path: string; headers: Record<string, string> },
  file: StudyFile,
): Target {
  return { port, method: "POST", path, headers: { ...TUS, ...headers, ...announced(file), ...BYTES } };
}

export async function targetOf(
  port: number,
  begin: { path: string; headers: Record<string, string> } | null,
  file: StudyFile,
): Promise<Target> {
  if (!begin) return { port, method: "PUT", path: `/${file.name}`, headers: {} };
  const headers = { ...TUS, ...begin.headers };
  const created = await ask({
    port,
    method: "POST",
    path: begin.path,
    headers: { ...headers, ...announced(file) },
  });
  if (created?.status !== 201) throw new Error(`An upload did not begin: ${created?.status}.`);
  const location = new URL(created.headers.location ?? "", "http://127.0.0.1").pathname;
  const part = { "upload-offset": "0", ...BYTES };
  return { port, method: "PATCH", path: location, headers: { ...headers, ...part } };
}
