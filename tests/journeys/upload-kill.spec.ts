import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Upload } from "tus-js-client";
import { type ApiClient, BASE, newPatient, until } from "../support/api";
import { CALM, must } from "../support/main-job";

const DATA = process.env.VALVIA_DATA ?? "";
const MEBIBYTE = 1024 * 1024;
const BYTES = Number(process.env.VALVIA_TEST_UPLOAD_MB ?? 48) * MEBIBYTE;

interface StartNote {
  children: { name: string; pid: number }[];
}

function webProcess(): number {
  const note = JSON.parse(readFileSync(join(DATA, "start.json"), "utf8")) as StartNote;
  const web = note.children.find((child) => child.name === "web server");
  if (!web) throw new Error("The web server's process is not noted.");
  return web.pid;
}

async function draftCase(api: ApiClient, email: string): Promise<string> {
  const made = await api.post<{ id: string }>("/cases", {
    treatment: "teer",
    problem: "Leaky mitral valve",
    contact: { name: "Samira Haddad", email, country: "AE" },
    redFlags: CALM,
  });
  return must(made, 201).id;
}

/** A DICOM-like head, so that the content is what its name says, and random bytes behind it. */
function study(): Buffer {
  const bytes = randomBytes(BYTES);
  bytes.fill(0, 0, 128);
  bytes.write("DICM", 128, "latin1");
  return bytes;
}

async function isUp(): Promise<boolean> {
  try {
    return (await fetch(`${BASE}/api/health/live`)).ok;
  } catch {
    return false;
  }
}

test.describe("an upload", () => {
  test("goes on after the server was killed in the middle, and arrives whole", async () => {
    test.setTimeout(120_000);
    const { api, email } = await newPatient();
    const caseId = await draftCase(api, email);
    const bytes = study();
    let killed = false;
    let resent = 0;
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(bytes, {
        endpoint: `${BASE}/api/v1/cases/${caseId}/uploads`,
        chunkSize: 8 * MEBIBYTE,
        retryDelays: [500, 1_000, 1_000, 2_000, 2_000, 2_000, 3_000, 3_000, 3_000, 5_000],
        headers: { authorization: `Bearer ${api.token}` },
        metadata: { filename: "study.dcm", filetype: "application/dicom", item: "tte_loops" },
        onProgress: (sent) => {
          if (killed || sent < BYTES / 2) return;
          killed = true;
          process.kill(webProcess(), "SIGKILL");
        },
        onShouldRetry: () => {
          resent += 1;
          return true;
        },
        onError: reject,
        onSuccess: () => resolve(upload.url ?? ""),
      });
      upload.start();
    });
    expect(killed).toBe(true);
    expect(resent).toBeGreaterThan(0);
    await until(isUp, Boolean);
    const recordId = url.split("/").pop() ?? "";
    const back = await fetch(`${BASE}/api/v1/records/${recordId}/content`, {
      headers: { authorization: `Bearer ${api.token}` },
    });
    expect(back.status).toBe(200);
    const received = Buffer.from(await back.arrayBuffer());
    expect(received.length).toBe(bytes.length);
    expect(createHash("sha256").update(received).digest("hex")).toBe(
      createHash("sha256").update(bytes).digest("hex"),
    );
    const part = await fetch(`${BASE}/api/v1/records/${recordId}/content`, {
      headers: { authorization: `Bearer ${api.token}`, range: "bytes=1048570-1048590" },
    });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1_048_570, 1_048_591))).toBe(true);
  });
});
