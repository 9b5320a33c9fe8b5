import { describe, expect, it } from "vitest";
import { CASE_ACTS, rightsOf } from "@/lib/cases/invitation";

const allowed = (scopes: string[]) => CASE_ACTS.filter((act) => rightsOf(scopes)[act]);

describe("what the patient's side may do with a case", () => {
  it("is everything for the patient, and nothing without a door", () => {
    expect(allowed(["owner"])).toEqual([...CASE_ACTS]);
    expect(allowed([])).toEqual([]);
    expect(allowed(["clinic"])).toEqual([]);
  });

  it("is for a helper what was allowed, and never to decide", () => {
    expect(allowed(["read"])).toEqual(["read", "seeMoney"]);
    expect(allowed(["read", "message"])).toEqual(["read", "seeMoney", "write"]);
    expect(allowed(["upload"])).toEqual(["upload"]);
    expect(allowed(["read", "upload", "message", "pay"])).toEqual([
      "read",
      "seeMoney",
      "upload",
      "write",
      "pay",
    ]);
  });
});
