import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "../../../scripts/steps/lock.mjs";
import { identity } from "../../../scripts/steps/processes.mjs";

let folder;
let path;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "valvia-lock-"));
  path = join(folder, "start.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The identity of a process that has ended since. */
async function deadProcess() {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  const who = identity(child.pid);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  return who;
}

async function leaveBehind(children) {
  writeFileSync(path, JSON.stringify({ nonce: "left", ...(await deadProcess()), launcher: null, children }));
}

describe("the lock of a data folder", () => {
  it("is kept by one process and names it to the next", async () => {
    const { lock } = await takeLock(path);
    expect((await takeLock(path)).holder).toMatchObject({ pid: process.pid });
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it("is given to one of two who ask at once", async () => {
    const answers = await Promise.all([takeLock(path), takeLock(path)]);
    expect(answers.filter((answer) => answer.lock)).toHaveLength(1);
  });

  it("passes from a killed process to one of many, with what it had started", async () => {
    const children = [{ name: "web server", pid: 7, started: "then" }];
    await leaveBehind(children);
    const answers = await Promise.all(Array.from({ length: 8 }, () => takeLock(path)));
    const winners = answers.filter((answer) => answer.lock);
    expect(winners).toHaveLength(1);
    expect(winners[0].left.children).toEqual(children);
    expect(readdirSync(folder)).toEqual(["start.json"]);
  });

  it("does not mistake a later process with the same number for its holder", async () => {
    writeFileSync(
      path,
      JSON.stringify({ nonce: "old", ...identity(process.pid), started: "another boot/1", children: [] }),
    );
    expect((await takeLock(path)).lock).toBeDefined();
  });

  it("is free when its file was cut short by a crash", async () => {
    writeFileSync(path, '{"nonce": "ab');
    const { lock, left } = await takeLock(path);
    expect(lock).toBeDefined();
    expect(left.children).toEqual([]);
  });

  it("is waited for while the holder is on its way out", async () => {
    const { lock } = await takeLock(path);
    setTimeout(() => lock.release(), 300);
    expect((await takeLock(path, { mayWait: () => true })).lock).toBeDefined();
  });

  it("is not removed by a holder who lost it", async () => {
    const { lock } = await takeLock(path);
    writeFileSync(path, JSON.stringify({ nonce: "somebody else's", children: [] }));
    lock.release();
    expect(JSON.parse(readFileSync(path, "utf8")).nonce).toBe("somebody else's");
  });
});
