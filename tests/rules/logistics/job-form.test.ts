import { describe, expect, it } from "vitest";
import { jobEventForm } from "@/lib/logistics/forms";

describe("the form on the page of a driver or an interpreter", () => {
  it("takes whole minutes as they are typed, and an empty field as no word", () => {
    expect(jobEventForm.parse({ minutes: "45" })).toEqual({ minutes: 45 });
    expect(jobEventForm.parse({ minutes: "" })).toEqual({});
    expect(jobEventForm.parse({})).toEqual({});
  });

  it("refuses what are no minutes", () => {
    for (const minutes of ["0", "-5", "1.5", "abc", "1e9"])
      expect(jobEventForm.safeParse({ minutes }).success).toBe(false);
  });

  it("brings nothing but the minutes", () => {
    expect(jobEventForm.parse({ minutes: "5", understood: "true", resourceId: "x" })).toEqual({ minutes: 5 });
  });
});
