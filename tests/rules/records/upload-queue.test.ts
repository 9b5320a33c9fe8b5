import type { Upload } from "tus-js-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChosenFile, QueuedFile } from "@/components/records/upload-file";
import { groupUploads } from "@/components/records/upload-groups";
import { UploadQueue } from "@/components/records/upload-queue";
import type { Sending, SendingEvents } from "@/components/records/upload-send";
import { sha256 } from "@/lib/infra/hash";

const ENDPOINT = "/api/v1/cases/1/uploads";

/** What was handed to the line, and how to say what became of it. */
const sent = vi.hoisted(() => [] as { sending: Sending; events: SendingEvents }[]);
vi.mock("@/components/records/upload-send", () => ({
  SMALL_BYTES: 1_000,
  sendFile: (_endpoint: string, sending: Sending, events: SendingEvents) => {
    sent.push({ sending, events });
    return { abort: async () => undefined } as unknown as Upload;
  },
}));

/** The hash in an instant: what it is, its own tests say. */
const contents = vi.hoisted(() => new Map<Blob, string>());
vi.mock("@/components/records/upload-hash", () => ({
  hashOf: async (file: Blob) => sha256(new TextEncoder().encode(contents.get(file))),
}));

/** What the server knows: by hash "here", or where it was begun. */
let server: Record<string, "here" | { upload: string }> = {};
let isLineDead = false;
let asked: string[][] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  [server, isLineDead, asked] = [{}, false, []];
  sent.length = 0;
  vi.stubGlobal("fetch", async (_url: string, init: { body: string }) => {
    if (isLineDead) throw new TypeError("Failed to fetch");
    const { files } = JSON.parse(init.body) as { files: { sha256: string; sizeBytes: number }[] };
    asked.push(files.map((file) => file.sha256));
    const items = files.flatMap((file) => {
      const known = server[file.sha256];
      if (known === undefined) return [];
      return [
        known === "here" ? { ...file, state: "here", upload: null } : { ...file, state: "begun", ...known },
      ];
    });
    return Response.json({ items });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const bytesOf = (text: string) => new TextEncoder().encode(text);
function chosen(path: string, content: string): ChosenFile {
  const file = new File([content], path.split("/").at(-1) ?? "", { lastModified: 1_700_000_000_000 });
  contents.set(file, content);
  return { file, path };
}

function queueOf() {
  const seen: { files: readonly QueuedFile[]; leftOut: number; arrivals: number } = {
    ...{ files: [], leftOut: 0, arrivals: 0 },
  };
  const queue = new UploadQueue(
    ENDPOINT,
    (view) => Object.assign(seen, view),
    () => (seen.arrivals += 1),
  );
  return { queue, seen };
}

async function settled() {
  await vi.advanceTimersByTimeAsync(6_000);
}

const states = (seen: { files: readonly QueuedFile[] }) => seen.files.map(({ state }) => state);

describe("a folder of files", () => {
  it("goes four at a time, each with its own hash, until all are there", async () => {
    const { queue, seen } = queueOf();
    queue.add(
      Array.from({ length: 6 }, (_, n) => chosen(`CT/IM${n}`, `slice ${n}`)),
      "ct_gated",
    );
    await settled();
    expect(sent).toHaveLength(4);
    expect(sent[0]?.sending).toMatchObject({
      sha256: sha256(bytesOf("slice 0")),
      item: "ct_gated",
      begun: null,
    });
    sent[0]?.events.done();
    sent[1]?.events.done();
    await settled();
    expect(sent).toHaveLength(6);
    for (const { events } of sent.slice(2)) events.done();
    await settled();
    expect(states(seen)).toEqual(Array.from({ length: 6 }, () => "done"));
    expect(seen.arrivals).toBeGreaterThan(0);
  });

  it("leaves out what the computer put there, and counts it", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("a/.DS_Store", "x"), chosen("a/Thumbs.db", "y"), chosen("a/._IM1", "z")], "");
    queue.add([chosen("a/IM1", "echo")], "");
    await settled();
    expect(seen).toMatchObject({ leftOut: 3 });
    expect(sent).toHaveLength(1);
  });

  it("sends the same content once, also when each series calls its files the same", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("s1/IM1", "same"), chosen("s2/IM1", "same"), chosen("s3/IM1", "other")], "");
    await settled();
    expect(sent).toHaveLength(2);
    expect(states(seen)).toEqual(["running", "here", "running"]);
  });

  it("sends the other one when the first of two equal files is taken out", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("s1/IM1", "same"), chosen("s2/IM1", "same")], "");
    await settled();
    queue.cancel(seen.files[0]?.key ?? "");
    await settled();
    expect(states(seen)).toEqual(["running"]);
    expect(sent).toHaveLength(2);
  });
});

describe("what the server knows already", () => {
  it("is not sent again", async () => {
    server = { [sha256(bytesOf("known"))]: "here" };
    const { queue, seen } = queueOf();
    queue.add([chosen("a", "known"), chosen("b", "new")], "");
    await settled();
    expect(states(seen)).toEqual(["here", "running"]);
    expect(sent).toHaveLength(1);
  });

  it("goes on where an earlier visit stopped", async () => {
    server = { [sha256(bytesOf("half"))]: { upload: `${ENDPOINT}/7` } };
    const { queue } = queueOf();
    queue.add([chosen("a", "half")], "");
    await settled();
    expect(sent[0]?.sending.begun).toBe(`${ENDPOINT}/7`);
  });

  it("is asked in batches, not file by file", async () => {
    const { queue } = queueOf();
    queue.add(
      Array.from({ length: 150 }, (_, n) => chosen(`CT/IM${n}`, `slice ${n}`)),
      "",
    );
    await settled();
    expect(asked.flat()).toHaveLength(150);
    expect(asked.length).toBeLessThan(8);
  });
});

describe("a pause", () => {
  it("stops everything, and going on asks anew how much came", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("a", "one"), chosen("b", "two")], "");
    await settled();
    queue.pause();
    sent[0]?.events.done();
    expect(states(seen)).toEqual(["paused", "paused"]);
    server = { [sha256(bytesOf("one"))]: "here", [sha256(bytesOf("two"))]: { upload: `${ENDPOINT}/8` } };
    queue.resume();
    await settled();
    expect(states(seen)).toEqual(["here", "running"]);
    expect(sent.at(-1)?.sending.begun).toBe(`${ENDPOINT}/8`);
  });

  it("during the hashing loses no file", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("a", "one")], "");
    queue.pause();
    queue.resume();
    await settled();
    expect(states(seen)).toEqual(["running"]);
  });
});

describe("a line that breaks", () => {
  it("is tried again by itself, and what came meanwhile is not sent twice", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("a", "one")], "");
    await settled();
    server = { [sha256(bytesOf("one"))]: "here" };
    sent[0]?.events.failed("no_line");
    await settled();
    expect(states(seen)).toEqual(["here"]);
    expect(sent).toHaveLength(1);
  });

  it("that stays dead is said, and comes back with the connection", async () => {
    const { queue, seen } = queueOf();
    isLineDead = true;
    queue.add([chosen("a", "one")], "");
    for (let minute = 0; minute < 12; minute += 1) await settled();
    expect(seen.files[0]).toMatchObject({ state: "failed", reason: "no_line" });
    isLineDead = false;
    queue.reconnect();
    await settled();
    expect(states(seen)).toEqual(["running"]);
  });

  it("does not hide what the server said", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("a", "one")], "");
    await settled();
    sent[0]?.events.failed({ said: "The disk is full." });
    await settled();
    expect(seen.files[0]).toMatchObject({ state: "failed", reason: { said: "The disk is full." } });
  });
});

describe("a store that is away, or full", () => {
  it.each(["store_away", "storage_full"] as const)(
    "is said by its name (%s), holds the others back, and goes on by itself",
    async (reason) => {
      const { queue, seen } = queueOf();
      queue.add(
        ["a", "b", "c", "d", "e", "f"].map((name) => chosen(name, name)),
        "",
      );
      await settled();
      expect(sent).toHaveLength(4);
      server = { [sha256(bytesOf("b"))]: { upload: `${ENDPOINT}/2` } };
      for (const { events } of sent.slice(0, 4)) events.failed(reason);
      await settled();
      expect(seen.files[0]).toMatchObject({ state: "failed", reason });
      // Nobody knocks at a door that is closed.
      expect(sent).toHaveLength(4);
      await vi.advanceTimersByTimeAsync(10_000);
      await settled();
      expect(states(seen).filter((state) => state === "failed")).toEqual([]);
      expect(sent).toHaveLength(8);
      for (let done = 4; done < 10; done += 1) sent[done]?.events.done();
      await settled();
      expect(states(seen)).toEqual(Array.from({ length: 6 }, () => "done"));
      expect(sent.find(({ sending }) => sending.begun === `${ENDPOINT}/2`)).toBeDefined();
    },
  );

  it("is not waited for by who says to go on now, and not asked by who paused", async () => {
    const { queue, seen } = queueOf();
    queue.add([chosen("a", "one")], "");
    await settled();
    sent[0]?.events.failed("store_away");
    queue.resume();
    await settled();
    expect(sent).toHaveLength(2);
    sent[1]?.events.failed("store_away");
    queue.pause();
    for (let rounds = 0; rounds < 4; rounds += 1) await settled();
    expect(sent).toHaveLength(2);
    expect(states(seen)).toEqual(["failed"]);
  });
});

describe("the lines of a large drop", () => {
  const file = (name: string, state: QueuedFile["state"] = "waiting"): QueuedFile => ({
    ...{ key: name, name, size: 10, sent: state === "done" ? 10 : 0, state, reason: null },
  });

  it("are one for each folder, with what runs and what needs somebody", () => {
    const slices = Array.from({ length: 1_500 }, (_, n) =>
      file(`CT/s${n % 3}/IM${n}`, n < 300 ? "done" : "waiting"),
    );
    const groups = groupUploads([...slices, file("CT/s0/bad", "failed"), file("CT/s0/now", "running")]);
    expect(groups?.map(({ name, all, done }) => ({ name, all, done }))).toEqual([
      { name: "CT/s0", all: 502, done: 100 },
      { name: "CT/s1", all: 500, done: 100 },
      { name: "CT/s2", all: 500, done: 100 },
    ]);
    expect(groups?.[0]?.shown.map(({ name }) => name)).toEqual(["CT/s0/bad", "CT/s0/now"]);
  });

  it("are never more than twenty, however many folders there are", () => {
    const slices = Array.from({ length: 900 }, (_, n) => file(`CT/st${n % 3}/se${n % 90}/IM${n}`));
    expect(groupUploads(slices)).toHaveLength(3);
    expect(groupUploads(slices.slice(0, 12))).toBeNull();
  });
});
