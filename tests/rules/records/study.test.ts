import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDicomHeader } from "@/lib/records/dicom";
import { groupStudies, inOrder, type StudyFile } from "@/lib/records/study";
import { headerSchema } from "@/lib/records/views/record";
import { makeDicom } from "../../support/dicom";

const BARE = headerSchema.parse({
  ...{ modality: null, studyUid: null, seriesUid: null, sopClassUid: null, transferSyntax: null },
  ...{ description: null, rows: null, columns: null, sliceMm: null, frameTimeMs: null, fileCount: null },
});

function file(id: string, header: Partial<typeof BARE> | null, more: Partial<StudyFile> = {}): StudyFile {
  return {
    id,
    filename: `${id}.dcm`,
    kind: "dicom",
    header: header && { ...BARE, ...header },
    examOn: null,
    sizeBytes: 100,
    frameCount: 1,
    ...more,
  };
}

const idsOf = (files: readonly StudyFile[]) => files.map(({ id }) => id);

describe("the studies of a case", () => {
  it("come newest first, those of an unknown day last, papers beside them", () => {
    const { studies, others } = groupStudies([
      file("old", { studyUid: "1.1" }, { examOn: "2020-01-01" }),
      file("letter", null, { kind: "pdf" }),
      file("lost", { studyUid: "1.9" }),
      file("new", { studyUid: "1.2" }, { examOn: "2026-01-01" }),
      file("nowhere", {}),
    ]);
    expect(studies.map(({ uid }) => uid)).toEqual(["1.2", "1.1", "1.9"]);
    expect(idsOf(others)).toEqual(["letter", "nowhere"]);
  });

  it("are told by what their files say, and add up", () => {
    const ct = { studyUid: "1", seriesUid: "1.2", seriesNumber: 2, modality: "CT", sliceMm: 0.75 };
    const echo = { studyUid: "1", seriesUid: "1.10", seriesNumber: 1, modality: "US" };
    const { studies } = groupStudies([
      file("slice", { ...ct, description: "Root" }, { examOn: "2026-05-01" }),
      file("clip", { ...echo, studyDescription: "Heart" }, { frameCount: 30 }),
      file("zip", { ...ct, fileCount: 400 }, { kind: "dicom_archive", sizeBytes: 9_000 }),
    ]);
    const [study] = studies;
    expect(study).toMatchObject({ description: "Heart", modalities: ["US", "CT"], examOn: "2026-05-01" });
    expect(study).toMatchObject({ files: 402, frames: 431, sizeBytes: 9_200 });
    expect(study?.series[1]).toMatchObject({ description: "Root", sliceMm: 0.75, files: 401 });
  });

  it("order images by number, then along the body, then by the clock, then by name as people count", () => {
    const files = [
      file("noon", { acquiredTime: "1200" }, { filename: "IM10" }),
      file("ten", { acquiredTime: "101500.5" }, { filename: "IM11" }),
      file("high", { instanceNumber: 3, positionMm: 7.5 }),
      file("low", { instanceNumber: 3, positionMm: -7.5 }),
      file("first", { instanceNumber: 1, positionMm: 99 }),
      file("im10", {}, { filename: "IM10" }),
      file("im9", {}, { filename: "IM9" }),
    ];
    expect(idsOf(files.toSorted(inOrder))).toEqual(["first", "low", "high", "ten", "noon", "im9", "im10"]);
  });

  it("stand in one order, in whatever order the files came", () => {
    const number = fc.option(fc.integer({ min: 0, max: 3 }));
    const anyFile = fc
      .tuple(fc.uuid(), number, number, fc.constantFrom("IM1", "IM2", "im02"))
      .map(([id, instanceNumber, positionMm, filename]) =>
        file(id, { studyUid: "1", instanceNumber, positionMm }, { filename }),
      );
    fc.assert(
      fc.property(fc.uniqueArray(anyFile, { selector: ({ id }) => id }), (files) => {
        const once = groupStudies(files).studies[0]?.series[0]?.instances ?? [];
        const turned = groupStudies(files.toReversed()).studies[0]?.series[0]?.instances ?? [];
        expect(idsOf(turned)).toEqual(idsOf(once));
      }),
    );
  });
});

describe("a header", () => {
  it("tells its place in the study", async () => {
    const header = readDicomHeader(await makeDicom({ modality: "CT", instance: 7 }));
    expect(header).toMatchObject({ seriesNumber: 1, instanceNumber: 7, studyDescription: expect.anything() });
    expect(header).toMatchObject({ positionMm: null, acquiredTime: null });
  });

  it("that was kept before studies were put in order still reads", () => {
    expect(BARE).toMatchObject({ instanceNumber: null, seriesNumber: null, positionMm: null });
  });
});
