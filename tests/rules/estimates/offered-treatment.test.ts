import { describe, expect, it } from "vitest";
import { isOffered, offeredTreatments } from "@/lib/estimates/offered-treatment";

const line = (treatment?: string, kind = "treatment") => ({
  kind,
  options: treatment ? { treatment } : null,
});
const answer = { proposedTreatment: "surgical-repair" };

describe("what an estimate is for", () => {
  it("is what its lines name, before the answer and the wish", () => {
    const lines = [line("surgical-replacement"), line()];
    expect(offeredTreatments({ lines, answer, wished: "teer" })).toEqual(["surgical-replacement"]);
  });

  it("is what the heart team proposed, before the wish", () => {
    expect(offeredTreatments({ lines: [line()], answer, wished: "teer" })).toEqual(["surgical-repair"]);
  });

  it("is the wish where lines and answer name none the catalogue knows", () => {
    for (const said of [null, {}, { proposedTreatment: "a small clip" }, { proposedTreatment: "not-sure" }])
      expect(offeredTreatments({ lines: [line("magic")], answer: said, wished: "teer" })).toEqual(["teer"]);
  });

  it("may be several only where its lines name several, each once", () => {
    const lines = [line("teer"), line("tricuspid-teer"), line("teer")];
    expect(offeredTreatments({ lines, answer, wished: "teer" })).toEqual(["teer", "tricuspid-teer"]);
  });

  it("is not said by a service beside the treatment", () => {
    const lines = [line(), line("rehabilitation", "rehabilitation")];
    expect(offeredTreatments({ lines, answer, wished: null })).toEqual(["surgical-repair"]);
  });

  it("is open where nobody has named it: then every day fits", () => {
    const offered = offeredTreatments({ lines: [], answer: null, wished: "not-sure" });
    expect(offered).toEqual([]);
    expect(isOffered("teer", offered)).toBe(true);
    expect(isOffered("teer", ["surgical-repair"])).toBe(false);
  });
});
