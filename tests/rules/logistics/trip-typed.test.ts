import { describe, expect, it } from "vitest";
import { tripTyped } from "@/lib/logistics/forms";
import { LINE_ALWAYS } from "@/lib/logistics/care-plan";

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
    expect(typed([["talkLine", LINE_ALWAYS]]).lacking).toEqual(["language"]);
  });

  it("needs a way for ticked medicines, beside the language", () => {
    const fields = [talk, ["supplyLine", "box"], ["services", "box"]] as const;
    expect(typed(fields).lacking).toEqual(["supplyMode"]);
    expect(typed([talk, ["supplyLine", "talk"], ["services", "talk"]]).lacking).toEqual([
      "language",
      "supplyMode",
    ]);
  });

  const rides = [
    ["arrivalLine", "there"],
    ["returnLine", LINE_ALWAYS],
  ] as const;

  it("passes on what each chosen line needs, and nothing of a line nobody chose", () => {
    const fields = [
      ...rides,
      talk,
      ["arrivalOn", "2027-01-03"],
      ["arrivalTime", "14:30"],
      ["flight", "LH 631"],
      ["returnOn", "2027-01-12"],
      ["passengers", "2"],
      ["wheelchair", "on"],
      ["interpreterGender", "female"],
      ["language", "ar"],
    ] as const;
    const home = { returnOn: "2027-01-12", passengers: 2, wheelchair: true };
    expect(typed(fields).trip).toEqual({ services: [], ...home });
    expect(typed([...fields, ["services", "there"], ["services", "talk"]]).trip).toEqual({
      ...{ services: ["there", "talk"], ...home },
      ...{ arrivalOn: "2027-01-03", arrivalTime: "14:30", flight: "LH 631" },
      ...{ language: "ar", interpreterGender: "female" },
    });
  });

  it("asks for the day of a landing time, and for the medicines that go by post", () => {
    expect(typed([...rides, ["services", "there"], ["arrivalTime", "14:30"]]).lacking).toEqual(["arrivalOn"]);
    const post = [
      ["supplyLine", "box"],
      ["services", "box"],
      ["supplyMode", "post"],
    ] as const;
    expect(typed(post).lacking).toEqual(["medicines"]);
    const apixaban = [
      ["medicines.1.inn", "apixaban"],
      ["medicines.1.strength", "5 mg"],
      ["medicines.1.quantity", "60"],
      ["medicines.1.perDay", "1,5"],
    ] as const;
    expect(typed([...post, ...apixaban])).toMatchObject({
      lacking: [],
      trip: { medicines: [{ inn: "apixaban", strength: "5 mg", quantity: 60, perDay: 1.5 }] },
    });
  });

  it("never makes a way of its own for medicines that belong to the trip", () => {
    expect(
      typed([
        ["supplyLine", LINE_ALWAYS],
        ["supplyMode", ""],
      ]).lacking,
    ).toEqual(["supplyMode"]);
  });
});
