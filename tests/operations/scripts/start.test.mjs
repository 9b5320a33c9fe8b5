import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identity } from "../../../scripts/steps/processes.mjs";
import { fromRoot } from "../../../scripts/steps/root.mjs";

let data;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "valvia-start-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** Runs the start command with these settings and nothing of this process's own; it must refuse by itself. */
function start(settings) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, VALVIA_DATA: data, PORT: "4", ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [fromRoot("scripts", "start.mjs")], { env }, (failure, stdout, stderr) =>
      resolve({ code: failure?.code ?? 0, words: stderr, stdout }),
    );
  });
}

describe("npm start", () => {
  it("names every setting that is not valid", async () => {
    const { code, words } = await start({ PORT: "x", ROLE: "chef", RECORDS_KEY: "short", HOLD_MINUTES: "0" });
    expect(code).toBe(1);
    for (const name of ["PORT:", "ROLE:", "RECORDS_KEY:", "HOLD_MINUTES:"]) expect(words).toContain(name);
  });

  it("refuses production without secrets of its own, and the payment sandbox there", async () => {
    const { code, words } = await start({ VALVIA_MODE: "production", STRIPE_API_BASE: "http://127.0.0.1:9" });
    expect(code).toBe(1);
    for (const name of [
      "AUTH_SECRET:",
      "RECORDS_KEY:",
      "STRIPE_SECRET_KEY:",
      "STRIPE_API_BASE:",
      "SMTP_URL:",
    ]) {
      expect(words).toContain(name);
    }
  });

  it("says which port is taken and how to take another", async () => {
    const taker = createServer();
    const port = await new Promise((resolve) =>
      taker.listen(0, "127.0.0.1", () => resolve(taker.address().port)),
    );
    try {
      const { code, words } = await start({ PORT: String(port) });
      expect(code).toBe(1);
      expect(words).toContain(`Port ${port} is taken`);
      expect(words).toContain(`PORT=${port + 1} npm start`);
    } finally {
      taker.close();
    }
  });

  it("says that it already runs on this data", async () => {
    const holder = { nonce: "running", ...identity(process.pid), launcher: null, children: [] };
    writeFileSync(join(data, "start.json"), JSON.stringify(holder));
    const { code, words } = await start({});
    expect(code).toBe(1);
    expect(words).toContain(`already running on ${data} (process ${process.pid})`);
  });

  it("refuses a data folder whose secrets are gone", async () => {
    mkdirSync(join(data, "postgres", "cluster"), { recursive: true });
    const { code, words, stdout } = await start({ PORT: "47811" });
    expect(code).toBe(1);
    expect(words).toMatch(/secrets\.json is missing.*backup/);
    expect(stdout).toBe("");
  });
});
