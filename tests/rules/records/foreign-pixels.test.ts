import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openCodecs } from "@/lib/records/pixel-codecs";
import { openDrawing } from "@/lib/records/pixel-drawing";
import { layMarks } from "@/lib/records/pixel-overlay";
import { FrameError } from "@/lib/records/pixel-samples";
import { inMemory } from "@/lib/records/pixel-source";
import { firstLight, shade } from "@/lib/records/pixel-window";
import { foreignFiles } from "../../support/third-party-dicom";

const codecs = openCodecs();

/** A frame as a page shows it, without opacity: grey once, colour three times a point. */
async function drawn(bytes: Uint8Array, at = 0): Promise<Uint8Array> {
  const { image, frame: frameAt } = await openDrawing(inMemory(bytes), codecs);
  if (!image) throw new Error("No pixels.");
  const frame = await frameAt(at);
  const isColour = frame.kind === "colour";
  const canvas = new Uint8ClampedArray(frame.width * frame.height * 4);
  const rgba = isColour ? frame.rgba : shade(frame, image, firstLight(image, at), canvas);
  return new Uint8Array(
    layMarks(rgba, frame.marks).filter((_, at) => (isColour ? at % 4 !== 3 : at % 4 === 0)),
  );
}

function furthest(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? 0))), 0);
}

/** Numbers that look random and are the same in every run. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Bytes turned, a piece cut off, or a piece doubled. */
function spoilt(bytes: Uint8Array, chance: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let turned = 0; turned < 1 + chance() * 12; turned += 1) {
    copy[132 + Math.floor(chance() * (copy.length - 132))] = Math.floor(chance() * 256);
  }
  const cut = Math.floor(chance() * copy.length);
  return chance() < 0.3 ? copy.subarray(0, Math.max(200, cut)) : copy;
}

describe("files of other houses", () => {
  it("are as many as were packed", () => {
    expect(foreignFiles().length).toBeGreaterThanOrEqual(60);
  });

  it.each(foreignFiles().map((file) => [file.name, file] as const))(
    "draw as dcmtk draws %s",
    async (_, file) => {
      const mine = await drawn(file.bytes, file.frame - 1);
      if (!file.drawn) return expect(createHash("sha256").update(mine).digest("hex")).toBe(file.sha256);
      expect(mine).toHaveLength(file.drawn.length);
      expect(furthest(mine, file.drawn)).toBeLessThanOrEqual(file.tolerance);
    },
  );

  it("end as a picture or as a fault of the file, however they are spoilt", async () => {
    const small = foreignFiles().filter(({ bytes }) => bytes.length < 16_000);
    const chance = chanceFrom(20_261_121);
    const ends = { drawn: 0, refused: 0 };
    for (let round = 0; round < 600; round += 1) {
      const file = small[round % small.length];
      if (!file) throw new Error("No small files.");
      await drawn(spoilt(file.bytes, chance)).then(
        () => (ends.drawn += 1),
        (error: unknown) => {
          expect(error, file.name).toSatisfy(
            (one) => one instanceof FrameError || String(one).includes("No pixels"),
          );
          ends.refused += 1;
        },
      );
    }
    expect(Math.min(ends.drawn, ends.refused)).toBeGreaterThan(50);
  }, 60_000);
});
