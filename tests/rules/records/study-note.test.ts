import { describe, expect, it } from "vitest";
import { groupStudies, linesOf, type StudyFile } from "@/lib/records/study";
import { photosInsteadOfLoops, studyNotes } from "@/lib/records/study-note";
import { headerSchema } from "@/lib/records/views/record";

const header = (facts: object) =>
  headerSchema.parse({
    ...Object.fromEntries(Object.keys(headerSchema.shape).map((key) => [key, null])),
    studyUid: "1.2",
    ...facts,
  });

let count = 0;
function file(facts: object, change: Partial<StudyFile> = {}): StudyFile {
  count += 1;
  return {
    ...{ id: `${count}`, filename: `IM${count}`, kind: "dicom", examOn: null, sizeBytes: 10, frameCount: 1 },
    header: header(facts),
    ...change,
  };
}

const notesOf = (files: readonly StudyFile[]) => groupStudies(files).studies.flatMap(studyNotes);

describe("what is told of an examination", () => {
  it("is whether its thinnest slices are thin enough", () => {
    const thick = file({ modality: "CT", seriesUid: "1", sliceMm: 3 });
    const thin = file({ modality: "CT", seriesUid: "2", sliceMm: 0.6 });
    expect(notesOf([thick])).toEqual([{ code: "thick", sliceMm: 3 }]);
    expect(notesOf([thick, thin])).toEqual([{ code: "thin", sliceMm: 0.6 }]);
    expect(notesOf([file({ modality: "CT", sliceMm: 1 })])).toEqual([{ code: "thin", sliceMm: 1 }]);
    expect(notesOf([file({ modality: "CT" })])).toEqual([]);
  });

  it("is whether it moves, and how fast its slowest loop was taken", () => {
    const still = file({ modality: "US" });
    const loop = (frameTimeMs: number | null) => file({ modality: "US", frameTimeMs }, { frameCount: 40 });
    expect(notesOf([still, still])).toEqual([{ code: "stills", count: 2 }]);
    expect(notesOf([still, loop(20), loop(40)])).toEqual([{ code: "loops", count: 2, perSecond: 25 }]);
    expect(notesOf([loop(null)])).toEqual([{ code: "loopsOnly", count: 1 }]);
  });
});

describe("a list of files", () => {
  it("shows a study of many as one line, and a study of one as its file", () => {
    const slices = Array.from({ length: 1_500 }, () => file({ modality: "CT", seriesUid: "1" }));
    const alone = file({ studyUid: "9.9" });
    const paper = file({ studyUid: null }, { kind: "pdf" });
    const { studies, singles } = linesOf([paper, ...slices, alone]);
    expect(studies.map(({ files }) => files)).toEqual([1_500]);
    expect(singles).toEqual([paper, alone]);
  });
});

describe("photos of a report", () => {
  const photo = { kind: "image", state: "readable", frameCount: null, header: null, item: null } as const;
  const loop = { ...photo, kind: "dicom", frameCount: 30, header: header({ modality: "US" }) };

  it("do not stand for the loops", () => {
    expect(photosInsteadOfLoops([photo, photo, { ...photo, kind: "pdf" }])).toBe(2);
    expect(photosInsteadOfLoops([photo, loop])).toBeNull();
    expect(
      photosInsteadOfLoops([
        { ...photo, item: "ecg" },
        { ...photo, state: "unreadable" },
      ]),
    ).toBeNull();
    expect(photosInsteadOfLoops([photo, { ...loop, frameCount: 1 }])).toBe(1);
  });
});
