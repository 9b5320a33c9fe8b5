import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextWanted } from "@/components/viewer/page-pictures";
import { actOfKey, firstView, type RoomAct, viewAfter, ZOOM_MAX } from "@/components/viewer/room-view";

const anyAct: fc.Arbitrary<RoomAct> = fc.oneof(
  fc.record({ act: fc.constant("step" as const), by: fc.integer({ min: -500, max: 500 }) }),
  fc.record({ act: fc.constant("go" as const), frame: fc.integer() }),
  fc.record({ act: fc.constant("zoom" as const), by: fc.double({ min: 0.01, max: 50, noNaN: true }) }),
  fc.record({
    act: fc.constant("move" as const),
    x: fc.double({ min: -5, max: 5, noNaN: true }),
    y: fc.double({ min: -5, max: 5, noNaN: true }),
  }),
  fc.record({ act: fc.constantFrom("play", "tick", "fit", "turn", "invert") }),
);

describe("the viewing room", () => {
  it("never leaves the film, the room or its measure, whatever one does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.array(anyAct, { maxLength: 60 }), (frames, acts) => {
        let view = firstView(1);
        for (const act of acts) view = viewAfter(view, act, frames);
        const most = (view.zoom - 1) / 2;
        expect(view.frame).toBeGreaterThanOrEqual(1);
        expect(view.frame).toBeLessThanOrEqual(frames);
        expect(view.zoom).toBeGreaterThanOrEqual(1);
        expect(view.zoom).toBeLessThanOrEqual(ZOOM_MAX);
        expect(Math.max(Math.abs(view.x), Math.abs(view.y))).toBeLessThanOrEqual(most + 1e-9);
        expect([0, 1, 2, 3]).toContain(view.turns);
      }),
    );
  });

  it("plays round and round, and stops where one steps", () => {
    const playing = viewAfter(firstView(3), { act: "play" }, 3);
    expect(viewAfter(playing, { act: "tick" }, 3)).toMatchObject({ frame: 1, isPlaying: true });
    expect(viewAfter(playing, { act: "step", by: 1 }, 3)).toMatchObject({ frame: 3, isPlaying: false });
    expect(viewAfter(firstView(1), { act: "play" }, 1).isPlaying).toBe(false);
  });

  it("steps by the arrows and moves a close picture with Shift", () => {
    expect(actOfKey({ key: "ArrowRight", shiftKey: false })).toEqual({ act: "step", by: 1 });
    expect(actOfKey({ key: "ArrowRight", shiftKey: true })).toMatchObject({ act: "move" });
    expect(actOfKey({ key: "I", shiftKey: true })).toEqual({ act: "invert" });
    expect(actOfKey({ key: "ArrowUp", shiftKey: false })).toBeNull();
    expect(actOfKey({ key: "q", shiftKey: false })).toBeNull();
  });

  it("fetches the page looked at first, and a few ahead", () => {
    const here = (...pages: number[]) => new Map(pages.map((one) => [one, ""]));
    expect(nextWanted(10, 4, here(), new Set())).toBe(4);
    expect(nextWanted(10, 4, here(4), new Set())).toBe(5);
    expect(nextWanted(10, 4, here(4, 5, 6), new Set())).toBeNull();
    expect(nextWanted(10, 10, here(10), new Set())).toBe(1);
    expect(nextWanted(10, 4, here(4), new Set([5]))).toBe(6);
  });
});
