import { describe, expect, it } from "vitest";
import { counterpartOf, firstState, middleLine, stateAfter } from "@/components/viewer/viewer-state";
import { imageAt, imagesIn, placeOf, stackGroups } from "@/lib/records/stack";
import { headerSchema, type RecordView } from "@/lib/records/views/record";

const BARE = headerSchema.parse({
  ...{ modality: null, studyUid: null, seriesUid: null, sopClassUid: null, transferSyntax: null },
  ...{ description: null, rows: null, columns: null, sliceMm: null, frameTimeMs: null, fileCount: null },
});

function record(id: string, header: Partial<typeof BARE>, more: Partial<RecordView> = {}): RecordView {
  const known = { id, filename: `${id}.dcm`, kind: "dicom", state: "accepted", findings: [], examOn: null };
  const counts = { sizeBytes: 100, frameCount: 1, pageCount: null };
  return { ...known, ...counts, header: { ...BARE, ...header }, ...more } as RecordView;
}

const slice = (number: number, more: Partial<RecordView> = {}) =>
  record(`slice-${number}`, { studyUid: "ct", seriesUid: "1", modality: "CT", instanceNumber: number }, more);
const clip = (name: string, study = "echo") =>
  record(name, { studyUid: study, seriesUid: "2", modality: "US", frameTimeMs: 40 }, { frameCount: 30 });

describe("stacks", () => {
  it("hold slices of a series on one, in order, and each film alone", () => {
    const groups = stackGroups([slice(3), slice(1), slice(2), clip("b"), clip("a")]);
    expect(groups.flatMap(({ stacks }) => stacks.map(({ files }) => files.map(({ id }) => id)))).toEqual([
      ["slice-1", "slice-2", "slice-3"],
      ["a"],
      ["b"],
    ]);
    const [slices, film] = groups.flatMap(({ stacks }) => stacks);
    expect([slices?.frameMs, film?.frameMs]).toEqual([null, 40]);
  });

  it("never lay a single image on a film of the same series", () => {
    const still = record("still", { studyUid: "echo", seriesUid: "2", modality: "US", instanceNumber: 9 });
    const film = record("film", { studyUid: "echo", seriesUid: "2", instanceNumber: 1 }, { frameCount: 30 });
    const [group] = stackGroups([still, film]);
    expect(group?.stacks.map(({ files }) => files.map(({ id }) => id))).toEqual([["film"], ["still"]]);
  });

  it("show papers last, curves as curves, and nothing that was not checked", () => {
    const groups = stackGroups([
      record("letter", {}, { kind: "pdf", header: null, pageCount: 3 }),
      record("ecg", { studyUid: "e", sopClassUid: "1.2.840.10008.5.1.4.1.1.9.1.1" }),
      record("bad", { studyUid: "e" }, { state: "unreadable" }),
      record("zip", { studyUid: "e" }, { kind: "dicom_archive" }),
      record("phone", {}, { kind: "video", header: null }),
    ]);
    expect(groups.map(({ stacks }) => stacks.map(({ key, kind }) => `${key} ${kind}`))).toEqual([
      ["ecg curves"],
      ["letter pages", "phone video"],
    ]);
  });

  it("find a file's place, and the file of a place", () => {
    const groups = stackGroups([slice(1), slice(2), slice(3)]);
    const place = placeOf(groups, "slice-3");
    expect(place?.index).toBe(2);
    if (!place) throw new Error("No place.");
    expect(imagesIn(place.stack)).toBe(3);
    expect(imageAt(place.stack, 1)).toMatchObject({ file: { id: "slice-2" }, at: 0 });
    expect(imageAt(place.stack, 3)).toBeNull();
    expect(placeOf(groups, "another")).toBeNull();
  });
});

describe("two panes", () => {
  const groups = stackGroups([clip("before", "one"), clip("after", "two"), slice(1)]);

  function compared() {
    const first = firstState(groups, "before", 1);
    const other = first?.panes[0] && counterpartOf(groups, first.panes[0].stack);
    if (!first || !other) throw new Error("Nothing to compare.");
    expect(other.key).toBe("after");
    return stateAfter(first, { act: "compare", with: other });
  }
  const framesOf = (state: ReturnType<typeof compared>) => state.panes.map(({ view }) => view.frame);

  it("step and play together until told not to", () => {
    let state = stateAfter(compared(), { act: "view", pane: 0, change: { act: "step", by: 2 } });
    expect(framesOf(state)).toEqual([3, 3]);
    state = stateAfter(state, { act: "view", pane: 1, change: { act: "play" } });
    expect(state.panes.map(({ view }) => view.isPlaying)).toEqual([true, true]);
    state = stateAfter(stateAfter(state, { act: "together" }), {
      act: "view",
      pane: 0,
      change: { act: "step", by: 1 },
    });
    expect(framesOf(state)).toEqual([4, 3]);
    expect(state.panes.map(({ view }) => view.isPlaying)).toEqual([false, true]);
    state = stateAfter(stateAfter(state, { act: "together" }), {
      act: "view",
      pane: 0,
      change: { act: "play" },
    });
    expect(state.panes.map(({ view }) => view.isPlaying)).toEqual([true, true]);
  });

  it("keep light, place and lines to themselves", () => {
    let state = stateAfter(compared(), { act: "view", pane: 0, change: { act: "invert" } });
    const line = { id: 1, image: "before/0", from: { x: 0, y: 0 }, to: { x: 9, y: 9 } };
    state = stateAfter(state, { act: "line", pane: 1, line });
    state = stateAfter(state, { act: "line", pane: 1, line: { ...line, to: { x: 5, y: 5 } } });
    expect(state.panes.map(({ view }) => view.isInverted)).toEqual([true, false]);
    expect(state.panes.map(({ lines }) => lines.length)).toEqual([0, 1]);
    expect(stateAfter(state, { act: "erase", pane: 1, line: 1 }).panes[1]?.lines).toEqual([]);
  });

  it("draw a line without a mouse once the picture is known", () => {
    const [pane] = compared().panes;
    if (!pane) throw new Error("No pane.");
    expect(middleLine(pane)).toBeNull();
    const facts = { width: 400, height: 300 } as NonNullable<typeof pane.facts>;
    expect(middleLine({ ...pane, facts })).toMatchObject({
      ...{ image: "before/0", from: { x: 100, y: 150 }, to: { x: 300, y: 150 } },
    });
  });
});
