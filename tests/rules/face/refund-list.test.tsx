import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { RefundList } from "@/components/bookings/refund-list";
import { type CancelCause, quoteRefund, type RefundFacts } from "@/lib/bookings/refund-policy";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import causes from "@/locales/en/causes.json";
import lineKinds from "@/locales/en/lineKinds.json";
import my from "@/locales/en/my.json";

const facts: Omit<RefundFacts, "cause"> = {
  on: "2027-02-05",
  treatmentOn: "2027-02-15",
  bands: [
    { fromDays: 14, keptBp: 1_000 },
    { fromDays: 0, keptBp: 2_500 },
  ],
  lines: [
    { lineId: "a", kind: "treatment", contract: "A", amountMinor: 4_000_000n, delivered: false },
    { lineId: "b", kind: "operator_fee", contract: "B", amountMinor: 240_000n, delivered: false },
  ],
  deliveredSlices: ["papers"],
  paid: { A: 1_095_000n, B: 51_700n },
  contractAMode: "held_by_operator",
};

/** The words of the head and of one row, as somebody reads the table. */
function tableFor(cause: CancelCause, basis: "paid" | "planned" = "paid"): string {
  const booking = { id: "b", policyVersion: "1", currency: "EUR" };
  const page = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ my, causes, lineKinds }} timeZone="UTC">
      <RefundList
        quotes={[refundQuoteView({ quote: quoteRefund({ ...facts, cause }), on: facts.on, booking })]}
        basis={basis}
        currency="EUR"
        locale="en"
      />
    </NextIntlClientProvider>,
  );
  return page.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

const rowFor = (cause: CancelCause) => tableFor(cause);

describe("the sums of a refund, cause by cause", () => {
  it("says of what we fail in that the part of our fee already done is kept, and how much", () => {
    const row = rowFor("operator_failure");
    expect(row).toContain("€10,950.00");
    expect(row).toContain("€517.00");
    expect(row).toContain("Our fee: the part already done, 25% of the agreed €2,400.00");
  });

  it("says that nothing is kept where our fee comes back whole", () => {
    const row = rowFor("medical_deterioration");
    expect(row).toContain("€11,467.00");
    expect(row).toContain("nothing");
  });

  it("names the share the clinic itself keeps", () => {
    expect(rowFor("patient_cancels")).toContain("Treatment: the clinic’s rule, 25% of the agreed €40,000.00");
  });

  it("says in its head that it assumes everything was paid, as long as nothing was", () => {
    expect(tableFor("death", "planned")).toContain("Comes back, if everything planned was paid");
    expect(tableFor("death")).not.toContain("if everything planned was paid");
    expect(tableFor("death")).toContain("Comes back");
  });
});
