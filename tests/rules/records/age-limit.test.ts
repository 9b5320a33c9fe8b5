import { describe, expect, it } from "vitest";
import { strictestOf } from "@/lib/records/age-limit";

const [north, south] = [
  { name: "North", limits: { ecg: 30 } },
  { name: "South", limits: { ecg: 200, labs: 60 } },
];

describe("the limits of a case", () => {
  it("are the operator's while no centre is asked", () => {
    expect(strictestOf({ ecg: 60 }, [])).toEqual({ limits: { ecg: 60 }, centres: {} });
  });

  it("are a centre's own where it says one, stricter or not", () => {
    expect(strictestOf({}, [north])).toEqual({ limits: { ecg: 30 }, centres: { ecg: "North" } });
    expect(strictestOf({}, [south])).toEqual({
      limits: { ecg: 200, labs: 60 },
      centres: { ecg: "South", labs: "South" },
    });
  });

  it("are the strictest of several, where a centre that says nothing means the operator's", () => {
    expect(strictestOf({ ecg: null }, [south, north]).limits.ecg).toBe(30);
    // North says nothing of blood: the operator's 42 days are stricter than South's 60.
    expect(strictestOf({}, [south, north])).toEqual({ limits: { ecg: 30 }, centres: { ecg: "North" } });
    expect(strictestOf({ labs: null }, [south, north]).centres.labs).toBe("South");
  });

  it("names nobody where a centre says what the operator says", () => {
    expect(strictestOf({ ecg: 30 }, [north]).centres).toEqual({});
  });
});
