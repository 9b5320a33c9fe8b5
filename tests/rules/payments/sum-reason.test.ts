import { expect, it } from "vitest";
import { sumReasonOf } from "@/lib/payments/refund";
import arabic from "@/locales/ar/desk.json";
import english from "@/locales/en/desk.json";

const asked = { bookingId: "b", cause: "goodwill", quote: null, proposedById: "p" };

it("says of a refund where its sum comes from: only what somebody named is called so", () => {
  expect(sumReasonOf(asked)).toBe("named");
  expect(sumReasonOf({ ...asked, bookingId: null, cause: "opinion_called_off", proposedById: null })).toBe(
    "fee",
  );
  expect(sumReasonOf({ ...asked, bookingId: null, cause: "duplicate", proposedById: null })).toBe("doubled");
  expect(sumReasonOf({ ...asked, cause: "change_order" })).toBe("change");
  expect(sumReasonOf({ ...asked, cause: "surplus" })).toBe("bill");
  expect(sumReasonOf({ ...asked, cause: "death", quote: { treatment: "1", services: "0", fee: "0" } })).toBe(
    "rules",
  );
  expect(sumReasonOf({ ...asked, cause: "parts_taken", proposedById: null })).toBe("whole");
  const words = ["bill", "change", "doubled", "fee", "named", "rules", "whole"];
  for (const { money } of [english, arabic]) expect(Object.keys(money.sumReasons).toSorted()).toEqual(words);
});
