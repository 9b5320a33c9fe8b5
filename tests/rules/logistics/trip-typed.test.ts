import { describe, expect, it } from "vitest";
import { tripTyped } from "@/lib/logistics/forms";
import { TALKS_ALWAYS } from "@/lib/logistics/interpreter-assignment";

function typed(fields: readonly (readonly [string, string])[]) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return tripTyped(form, Object.fromEntries(fields));
}

describe("a trip as it is typed", () => {
  const talk = ["talkLine", "talk"] as const;

  it("needs no language of an interpreter nobody ticked, and passes none on", () => {
    const { lacking, trip } = typed([talk, ["services", "ride"], ["language", "ru"]]);
    expect(lacking).toEqual([]);
    expect(trip).toEqual({ services: ["ride"], passengers: 1 });
    expect(typed([talk]).lacking).toEqual([]);
  });

  it("needs one for a ticked interpreter, and says what is missing", () => {
    expect(typed([talk, ["services", "talk"], ["language", ""]]).lacking).toEqual(["language"]);
    expect(typed([talk, ["services", "talk"], ["language", "ru"]])).toMatchObject({
      lacking: [],
      trip: { language: "ru" },
    });
  });

  it("needs one where an interpreter comes in any case", () => {
    expect(typed([["talkLine", TALKS_ALWAYS]]).lacking).toEqual(["language"]);
  });

  it("needs a way for ticked medicines, beside the language", () => {
    const fields = [talk, ["supplyLine", "box"], ["services", "box"]] as const;
    expect(typed(fields).lacking).toEqual(["supplyMode"]);
    expect(typed([talk, ["supplyLine", "talk"], ["services", "talk"]]).lacking).toEqual([
      "language",
      "supplyMode",
    ]);
  });
});
