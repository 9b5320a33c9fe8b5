import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  daysSupplied,
  decideSupply,
  isControlled,
  MEDICINE_RULES,
  ruleFor,
} from "@/lib/guides/medicine-rules";

const now = new Date("2026-11-21T10:00:00Z");
const apixaban = { inn: "apixaban", strength: "5 mg", quantity: 60, perDay: 2 };
const tramadol = { inn: "Tramadol", strength: "50 mg", quantity: 10, perDay: 2 };
const insulin = { inn: "insulin glargine", strength: "100 U/ml", quantity: 5, perDay: 1 };

function reasonOf(...asked: Parameters<typeof decideSupply>): string {
  const decision = decideSupply(...asked);
  return decision.ok ? `yes by ${decision.value.ruleId}` : decision.reason;
}

describe("medicines on the way home", () => {
  it("are never posted where the country says no, or nobody knows", () => {
    for (const country of ["DE", "FR", "SA", "RU", "BY", "KZ", "BR"]) {
      expect(reasonOf("post", [apixaban], country, now)).toBe("post_not_allowed");
    }
  });

  it("may be posted to the USA and, with a permit, to the Emirates", () => {
    expect(reasonOf("post", [apixaban], "US", now)).toBe("yes by us");
    const emirates = decideSupply("post", [apixaban], "AE", now);
    expect(emirates.ok && emirates.value.papers).toContain("import_permit");
  });

  it("are not posted when controlled, cold or too many, nor as an unknown box", () => {
    expect(reasonOf("post", [tramadol], "US", now)).toBe("controlled_substance");
    expect(reasonOf("post", [insulin], "US", now)).toBe("cold_chain");
    expect(reasonOf("post", [{ ...apixaban, quantity: 182 }], "US", now)).toBe("too_many_days");
    expect(reasonOf("post", [], "US", now)).toBe("items_missing");
  });

  it("are carried within the days of the country, controlled ones only without a permit rule", () => {
    expect(reasonOf("carry", [{ ...apixaban, quantity: 180 }], "DE", now)).toBe("yes by de");
    expect(reasonOf("carry", [{ ...apixaban, quantity: 181 }], "DE", now)).toBe("too_many_days");
    expect(reasonOf("carry", [{ ...apixaban, quantity: 61 }], "BR", now)).toBe("too_many_days");
    expect(reasonOf("carry", [tramadol], "SA", now)).toBe("permit_needed");
    expect(reasonOf("carry", [tramadol], "BY", now)).toBe("yes by by");
    expect(reasonOf("carry", [{ ...tramadol, quantity: 16 }], "BY", now)).toBe("too_many_days");
    expect(reasonOf("carry", [insulin], "DE", now)).toBe("yes by de");
  });

  it("may always come from a pharmacy at home", () => {
    expect(reasonOf("local", [tramadol], "XX", new Date("2030-01-01T00:00:00Z"))).toBe("yes by default");
  });

  it("follow no rule nobody has checked for 180 days", () => {
    expect(reasonOf("carry", [apixaban], "DE", new Date("2027-04-13T00:00:00Z"))).toBe("yes by de");
    expect(reasonOf("carry", [apixaban], "DE", new Date("2027-04-14T00:00:00Z"))).toBe("rule_stale");
  });

  it("never leave by post what is carried at most so many days", () => {
    const country = fc.constantFrom(...MEDICINE_RULES.flatMap((rule) => rule.countries), "BR", "ZZ");
    const item = fc.record({
      inn: fc.constantFrom("apixaban", "tramadol", "warfarin", "diazepam"),
      strength: fc.constant("1"),
      quantity: fc.integer({ min: 1, max: 1_000 }),
      perDay: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(country, fc.array(item, { minLength: 1, maxLength: 5 }), (destination, items) => {
        const rule = ruleFor(destination);
        if (!decideSupply("post", items, destination, now).ok) return;
        expect(rule.post).not.toBe("no");
        expect(items.every((one) => !isControlled(one) && daysSupplied(one) <= rule.carryDays)).toBe(true);
      }),
    );
  });
});
