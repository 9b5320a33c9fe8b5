import { describe, expect, it } from "vitest";
import { staffState, wordsApart } from "@/components/desk/staff-form";
import {
  momentAt,
  readNewRide,
  readNewSupply,
  readRideChange,
  readSendingChange,
  typedEventForm,
  wallAt,
} from "@/lib/desk/forms/journey";

const bookingId = "0198c0de-0000-7000-8000-000000000001";

describe("a time typed on the clock of a place", () => {
  it("is the moment of that place, summer and winter", () => {
    expect(momentAt("2026-07-01T14:30", "Europe/Berlin")).toBe("2026-07-01T12:30:00Z");
    expect(momentAt("2026-12-01T14:30", "Europe/Berlin")).toBe("2026-12-01T13:30:00Z");
    expect(momentAt("2026-12-01T14:30", "Asia/Shanghai")).toBe("2026-12-01T06:30:00Z");
  });

  it("is the hour after the gap when the clock jumps over it", () => {
    expect(momentAt("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00Z");
  });

  it("comes back as it was typed", () => {
    const typed = "2026-12-01T14:30";
    expect(wallAt(new Date(String(momentAt(typed, "Asia/Kolkata"))), "Asia/Kolkata")).toBe(typed);
  });

  it.each([
    ["tomorrow", "Europe/Berlin"],
    ["2026-12-01T14:30", "Nowhere/City"],
  ])("stays as typed when it is none: %s in %s", (typed, zone) => expect(momentAt(typed, zone)).toBe(typed));
});

describe("a ride as it is typed", () => {
  const typed = { direction: "arrival", pickupPlace: "Airport", dropPlace: "Hotel", passengers: "2" };

  it("takes its time on the centre's clock, and boxes that were not ticked as no", () => {
    const read = readNewRide(
      { ...typed, pickupAt: "2026-12-01T14:30", oxygen: "on" },
      bookingId,
      "Asia/Seoul",
    );
    expect(read.data).toMatchObject({
      pickupAt: new Date("2026-12-01T05:30:00Z"),
      ...{ passengers: 2, oxygen: true, wheelchair: false },
    });
  });

  it("names the field of what cannot be read", () => {
    const read = readNewRide({ direction: "arrival", passengers: "many" }, bookingId, "Asia/Seoul");
    const fields = read.error?.issues.map((issue) => issue.path.join("."));
    expect(fields?.toSorted()).toEqual(["dropPlace", "passengers", "pickupAt", "pickupPlace"]);
  });

  it("forgets an entry that was emptied instead of keeping the old one", () => {
    expect(readRideChange(typed).data).toMatchObject({ flight: null, terminal: null, meetingPoint: null });
    expect(readRideChange({ ...typed, flight: "LH 123" }).data).toMatchObject({ flight: "LH 123" });
  });
});

describe("medicines as they are typed", () => {
  const item = { inn: "apixaban", strength: "5 mg", quantity: "60", perDay: "2" };

  it("reads figures with point or comma", () => {
    const read = readNewSupply({ mode: "carry", items: [{ ...item, perDay: "0,5" }] }, bookingId);
    expect(read.data?.items).toEqual([{ ...item, quantity: 60, perDay: 0.5 }]);
  });

  it("asks for what a row does not say, at the field of that row", () => {
    const read = readNewSupply({ mode: "carry", items: [item, { inn: "bisoprolol" }] }, bookingId);
    expect(read.error?.issues.map((issue) => issue.path.join("."))).toEqual([
      ...["items.1.strength", "items.1.quantity", "items.1.perDay"],
    ]);
    expect(readNewSupply({ mode: "carry" }, bookingId).success).toBe(false);
  });

  it("lets an entry about the sending that was left empty stand", () => {
    expect(readSendingChange({ tracking: "RB1" }).data).toEqual({ tracking: "RB1" });
  });
});

describe("an event as it is typed", () => {
  it("brings only what its form holds", () => {
    expect(typedEventForm.parse({ event: "wait" })).toEqual({ event: "wait", said: {} });
    expect(typedEventForm.parse({ event: "finish", minutes: "45", understood: "on" })).toEqual({
      event: "finish",
      said: { minutes: 45, understood: true },
    });
  });

  it("refuses minutes that are no number at their field", () => {
    const read = typedEventForm.safeParse({ event: "finish", minutes: "an hour" });
    expect(read.error?.issues[0]?.path).toEqual(["minutes"]);
  });
});

describe("who drives or interprets", () => {
  it("is not looked for where somebody is kept free since the booking", () => {
    expect(staffState({ state: "requested", resourceId: "driver" })).toBe("kept");
    expect(staffState({ state: "requested", resourceId: null })).toBe("requested");
    expect(staffState({ state: "assigned", resourceId: "driver" })).toBe("assigned");
  });

  const person = {
    id: "1",
    name: "Omar Said",
    city: "Köln",
    languages: ["ar", "de"],
    vehicle: null,
    plate: null,
  };
  const omar = {
    ...person,
    ...{ phone: "+49 221 1", seats: null, gender: "male", medicalTraining: true, certificate: "K-1" },
    supplier: { name: "Rhine Interpreters" },
  };

  it.each([
    ["city", { city: "Bonn" }],
    ["languages", { languages: ["ar", "en"] }],
    ["firm", { supplier: { name: "Talks" } }],
    ["number", { phone: "+49 221 2" }],
    ["certificate", { certificate: "K-2" }],
  ])("can be told from another of the same name by %s", (_, more) => {
    const words = wordsApart([omar, { ...omar, ...more, id: "2" }], "en");
    expect(new Set(words.values()).size).toBe(2);
  });

  it("is not told with a number nobody needs", () => {
    expect(wordsApart([omar], "en").get("1")).toBe("Omar Said · Arabic, German · Köln · Rhine Interpreters");
  });
});
