import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

/** Import first: gives this test file its own folder of stored files, so that sweeping in one disturbs no other. */
const folder = mkdtempSync(path.join(os.tmpdir(), "valvia-files-"));
process.env.VALVIA_DATA = folder;

afterAll(() => rmSync(folder, { recursive: true, force: true }));
