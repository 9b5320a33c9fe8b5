import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curveOf } from "@/components/viewer/ecg-sheet";
import { openFrameStore } from "@/components/viewer/frame-store";
import type { Answer, Ask, FileFacts } from "@/components/viewer/messages";
import { rangeSource } from "@/components/viewer/range-source";
import { firstView } from "@/components/viewer/room-view";
import { latestHere } from "@/components/viewer/use-cine";
import { comingFrames, draggedLight, type Scene, toPicture, toRoom } from "@/components/viewer/view-geometry";

const BYTES = Uint8Array.from({ length: 3 * 1024 ** 2 }, (_, at) => at % 251);

/** A server that answers ranges, and notes them. */
function served(answers: (start: number, end: number) => Response) {
  const asked: [number, number][] = [];
  const fetcher = (async (_address: string, { headers }: { headers: { range: string } }) => {
    const [, start = "", last = ""] = /^bytes=(\d+)-(\d+)$/.exec(headers.range) ?? [];
    asked.push([Number(start), Number(last) + 1]);
    return answers(Number(start), Number(last) + 1);
  }) as unknown as typeof fetch;
  return { asked, source: rangeSource("/file", BYTES.length, fetcher) };
}

const part = (start: number, end: number) => new Response(BYTES.slice(start, end), { status: 206 });

describe("a file fetched in ranges", () => {
  it("brings first what was asked for and nothing more, then ever longer pieces", async () => {
    const { source, asked } = served(part);
    await source.read(0, 65_536);
    await source.read(1_000_000, 1_050_000);
    await source.read(1_050_000, 1_100_000);
    await source.read(1_100_000, 1_150_000);
    expect(asked).toEqual([
      [0, 65_536],
      [1_000_000, 1_050_000],
      [1_050_000, 1_050_000 + 512 * 1_024],
    ]);
  });

  it("gives the right bytes whatever is read, and fetches none of them twice at once", async () => {
    const place = fc.integer({ min: 0, max: BYTES.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.integer({ min: 1, max: 90_000 })), { maxLength: 12 }),
        async (reads) => {
          const { source } = served(part);
          const got = await Promise.all(reads.map(([start, length]) => source.read(start, start + length)));
          for (const [at, [start, length]] of reads.entries()) {
            expect(Buffer.from(got[at] ?? []).equals(BYTES.subarray(start, start + length))).toBe(true);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("takes the whole file from a server that knows no ranges, and refuses less than was asked for", async () => {
    const whole = served(() => new Response(BYTES.slice(), { status: 200 }));
    expect([...(await whole.source.read(10, 13))]).toEqual([10, 11, 12]);
    const short = served((start) => part(start, start + 1));
    await expect(short.source.read(0, 100)).rejects.toMatchObject({ fault: "not_here" });
    const gone = served(() => new Response(null, { status: 404 }));
    await expect(gone.source.read(0, 100)).rejects.toMatchObject({ fault: "not_here" });
  });
});

const FACTS = { images: 100 } as FileFacts;

/** A worker that answers when told. */
function openStore(bytesMax: number) {
  const asks: Ask[] = [];
  const workers: Worker[] = [];
  const store = openFrameStore(
    () => {
      const worker = {
        postMessage: (ask: Ask) => asks.push(ask),
        terminate: () => undefined,
      } as unknown as Worker;
      workers.push(worker);
      return worker;
    },
    1,
    bytesMax,
  );
  const answer = (data: Answer) => workers[0]?.onmessage?.({ data } as MessageEvent<Answer>);
  const give = () => {
    for (const ask of asks.splice(0)) {
      if (ask.act !== "frame") continue;
      const values = new Uint8Array(100).fill(ask.at);
      const frame = {
        kind: "grey",
        width: 10,
        height: 10,
        values,
        slope: 1,
        intercept: 0,
        marks: null,
      } as const;
      answer({ act: "frame", task: ask.task, frame, facts: FACTS });
    }
  };
  return { store, asks, give, answer };
}

const FILE = { id: "clip", sizeBytes: 1_000, images: 100 };

describe("frames kept on a page", () => {
  it("are asked for once, however many wait for them", async () => {
    const { store, asks, give } = openStore(10_000);
    const both = [store.frame(FILE, 3), store.frame(FILE, 3)];
    expect(asks).toHaveLength(1);
    give();
    expect(await both[0]).toBe(await both[1]);
    expect(store.peek(FILE, 3)).toMatchObject({ ok: true });
  });

  it("take no more room than there is: what was looked at longest ago goes first", async () => {
    const { store, give } = openStore(250);
    for (const at of [1, 2]) {
      const frame = store.frame(FILE, at);
      give();
      await frame;
    }
    store.peek(FILE, 1);
    const third = store.frame(FILE, 3);
    give();
    await third;
    expect([1, 2, 3].map((at) => store.peek(FILE, at) !== null)).toEqual([true, false, true]);
  });

  it("that nobody waits for any more are dropped, and may be asked for again", async () => {
    const { store, asks, give } = openStore(10_000);
    const dropped = store.frame(FILE, 1);
    store.dropAllBut(new Set());
    expect(await dropped).toEqual({ ok: false, fault: "not_here" });
    expect(asks.at(-1)).toMatchObject({ act: "drop" });
    expect(store.peek(FILE, 1)).toBeNull();
    const again = store.frame(FILE, 1);
    give();
    expect(await again).toMatchObject({ ok: true });
  });

  it("say why they did not come, until one tries again", async () => {
    const { store, asks, answer } = openStore(10_000);
    const refused = store.frame(FILE, 1);
    const [ask] = asks;
    if (ask?.act === "frame") answer({ act: "fault", task: ask.task, fault: "not_here" });
    expect(await refused).toEqual({ ok: false, fault: "not_here" });
    expect(store.peek(FILE, 1)).not.toBeNull();
    store.retry();
    expect(store.peek(FILE, 1)).toBeNull();
  });
});

const scene: Scene = { roomWidth: 800, roomHeight: 600, width: 512, height: 256, aspect: 1.25 };

describe("a picture in its room", () => {
  it("is found again where it was pointed at, however turned, moved and enlarged", () => {
    const any = fc.record({
      turns: fc.integer({ min: 0, max: 3 }),
      zoom: fc.double({ min: 1, max: 8, noNaN: true }),
      x: fc.double({ min: -2, max: 2, noNaN: true }),
      y: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    const point = fc.record({ x: fc.integer({ min: 0, max: 512 }), y: fc.integer({ min: 0, max: 256 }) });
    fc.assert(
      fc.property(any, point, (change, at) => {
        const view = { ...firstView(1), ...change };
        const back = toPicture(scene, view, toRoom(scene, view, at));
        expect(back.x).toBeCloseTo(at.x, 6);
        expect(back.y).toBeCloseTo(at.y, 6);
      }),
    );
  });

  it("fills the room by its narrower side, its corner lying where it should", () => {
    const corner = toRoom(scene, firstView(1), { x: 0, y: 0 });
    expect(corner.x).toBeCloseTo(-400, 6);
    expect(corner.y).toBeCloseTo(-160, 6);
    const turned = toRoom(scene, { ...firstView(1), turns: 1 }, { x: 0, y: 0 });
    expect([Math.round(turned.x), Math.round(turned.y)]).toEqual([120, -300]);
  });

  it("gets a wider window by a drag across and a darker picture by one down, and no preset's name any more", () => {
    const light = { center: 40, width: 400, name: "soft" };
    expect(draggedLight(light, 0.5, 0)).toMatchObject({ width: 800, center: 40 });
    expect(draggedLight(light, 0, 0.1)).toMatchObject({ width: 400, center: 120 });
    expect(draggedLight(light, -9, 0).width).toBe(1);
    expect(draggedLight(light, 0, 0).name).toBeUndefined();
  });
});

describe("a film", () => {
  it("shows the newest frame that is here, leaving out what did not come", () => {
    const here = new Set([3, 4, 6]);
    const isHere = (at: number) => here.has(at);
    expect(latestHere(3, 7, 10, isHere)).toBe(6);
    expect(latestHere(3, 5, 10, isHere)).toBe(4);
    expect(latestHere(6, 9, 10, isHere)).toBeNull();
    expect(latestHere(9, 3, 10, isHere)).toBe(3);
  });

  it("asks for the next frames while they come in time, and for later ones, further apart, when they do not", () => {
    expect(comingFrames(5, 40, { latencyMs: 10, apartMs: 5, frameMs: 33 }, 3)).toEqual([6, 7, 8]);
    expect(comingFrames(5, 40, { latencyMs: 200, apartMs: 100, frameMs: 33 }, 3)).toEqual([12, 15, 18]);
    expect(comingFrames(38, 40, { latencyMs: 0, apartMs: 0, frameMs: 33 }, 3)).toEqual([39, 0, 1]);
  });
});

describe("an ECG on paper", () => {
  const paper = { rate: 100, mmPerSecond: 25, mmPerMillivolt: 10, baseline: 20 };

  it("is 25 mm long a second and 10 mm high a millivolt", () => {
    const millivolts = Float32Array.from({ length: 101 }, (_, at) => (at === 100 ? 1 : 0));
    const path = curveOf({ millivolts }, paper);
    expect(path.startsWith("M12.00 20.00")).toBe(true);
    expect(path.endsWith("L37.00 10.00")).toBe(true);
  });

  it("leaves a gap where nothing was written, and loses no narrow spike", () => {
    const gap = curveOf({ millivolts: Float32Array.of(0, Number.NaN, 0) }, paper);
    expect(gap.match(/M/g)).toHaveLength(2);
    const dense = Float32Array.from({ length: 5_000 }, (_, at) => (at === 2_503 ? 2 : 0));
    expect(curveOf({ millivolts: dense }, { ...paper, rate: 5_000 })).toContain(" 0.00");
  });
});
