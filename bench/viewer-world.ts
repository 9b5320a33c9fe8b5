import { createHash } from "node:crypto";
import pg from "pg";
import type { Page } from "@playwright/test";
import { makeDicom } from "@/prisma/seed/files/dicom";

const FRAMES = 800;
const SIDE = 512;
const FRAME_BYTES = SIDE * SIDE * 2;
const PASSWORD = "a long sentence to remember";
const WARNINGS = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };

export interface ViewedCase {
  email: string;
  caseId: string;
  /** Ids of a small clip, of one that plays, and of 400 MB of slices in one file. */
  small: string;
  clip: string;
  large: string;
}

/** A patient with three files the viewer can open, checked as the worker would. */
export async function makeViewedCase(origin: string, url: string): Promise<ViewedCase> {
  // Drawn before anything is asked: a connection left open meanwhile would be closed under the next question.
  const film = { frames: 60, width: 800, height: 600, compressed: true, study: 2 };
  const smallBytes = await makeDicom({ frames: 3, study: 1 });
  const clipBytes = await makeDicom(film);
  const largeBytes = await manySlices();
  const email = `bench.${createHash("sha256").update(url).digest("hex").slice(0, 12)}@example.test`;
  const account = { email, password: PASSWORD, name: "Bench Patient", locale: "en" };
  const { token } = await ask<{ token: string }>(origin, "/accounts", account);
  const contact = { name: "Bench Patient", email, country: "AE" };
  const told = { treatment: "teer", problem: "Leaky mitral valve", contact, redFlags: WARNINGS };
  const { id: caseId } = await ask<{ id: string }>(origin, "/cases", told, token);
  await ask(origin, `/cases/${caseId}/submit`, { consent: true }, token);
  const send = (name: string, bytes: Buffer) => upload(origin, token, { caseId, name, bytes });
  const small = await send("small.dcm", smallBytes);
  const clip = await send("clip.dcm", clipBytes);
  const large = await send("large.dcm", largeBytes);
  await markRead(url, [
    { id: small, frames: 3, modality: "US", study: "1" },
    { id: clip, frames: 60, modality: "US", study: "2" },
    { id: large, frames: FRAMES, modality: "CT", study: "3" },
  ]);
  return { email, caseId, small, clip, large };
}

async function ask<T>(origin: string, path: string, body: object, token?: string): Promise<T> {
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

interface SentFile {
  caseId: string;
  name: string;
  bytes: Buffer;
}

async function upload(origin: string, token: string, { caseId, name, bytes }: SentFile): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" };
  const metadata = `filename ${Buffer.from(name).toString("base64")}`;
  const created = await fetch(`${origin}/api/v1/cases/${caseId}/uploads`, {
    method: "POST",
    headers: { ...headers, "upload-length": String(bytes.length), "upload-metadata": metadata },
  });
  const location = new URL(created.headers.get("location") ?? "", origin).href;
  const sent = await fetch(location, {
    method: "PATCH",
    headers: { ...headers, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
    body: new Uint8Array(bytes),
  });
  if (sent.status !== 204) throw new Error(`${name} was not taken: ${sent.status} ${await sent.text()}`);
  return location.split("/").pop() ?? "";
}

/** A slice, and then as many more as make 400 MB; noise, so that nothing on the way can pack it. */
async function manySlices(): Promise<Buffer> {
  const one = await makeDicom({ modality: "CT", width: SIDE, height: SIDE, study: 3 });
  const element = Buffer.from([0x28, 0, 8, 0, 0x49, 0x53, 4, 0, ...Buffer.from(`${FRAMES} `)]);
  const rows = one.indexOf(Buffer.from([0x28, 0, 0x10, 0, 0x55, 0x53]));
  const pixels = one.indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x57]));
  const head = Buffer.from(one.subarray(pixels, pixels + 12));
  head.writeUInt32LE(FRAMES * FRAME_BYTES, 8);
  const noise = Buffer.alloc(FRAME_BYTES * 8, createHash("sha512").update("slices").digest());
  const slices = Array.from({ length: FRAMES / 8 }, () => noise);
  return Buffer.concat([one.subarray(0, rows), element, one.subarray(rows, pixels), head, ...slices]);
}

interface ReadFile {
  id: string;
  frames: number;
  modality: string;
  study: string;
}

/** This row measures the viewer, not the worker: what its check would have written is written here. */
async function markRead(url: string, files: readonly ReadFile[]): Promise<void> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query("SELECT set_config('app.role', 'system', false)");
    for (const { id, frames, modality, study } of files) {
      const bare = { sopClassUid: null, transferSyntax: null, description: null, rows: null, columns: null };
      const rest = { sliceMm: null, frameTimeMs: modality === "US" ? 40 : null, fileCount: null };
      const header = { modality, studyUid: study, seriesUid: `${study}.1`, ...bare, ...rest };
      await db.query(
        `UPDATE "Record" SET state = 'readable', kind = 'dicom', "mediaType" = 'application/dicom', header = $2,
         findings = '[]', "frameCount" = $3, "readAt" = now() WHERE id = $1`,
        [id, JSON.stringify(header), frames],
      );
    }
  } finally {
    await db.end();
  }
}

export async function signInAs(page: Page, origin: string, email: string): Promise<void> {
  await page.goto(`${origin}/en/signin`);
  const form = page.locator("form").filter({ has: page.getByLabel("Password") });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((address) => !address.pathname.includes("/signin"));
}
