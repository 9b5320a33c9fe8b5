import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { CancelForm } from "@/components/bookings/cancel-form";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { quoteRefund } from "@/lib/bookings/refund-policy";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { messagesOf } from "@/i18n/messages";

vi.mock("next/navigation", () => ({ usePathname: () => "/en", useRouter: () => ({}) }));

it("names beside a reason what stays owed of both contracts, the hospital's as well", () => {
  const quote = quoteRefund({
    ...{
      policyVersion: POLICY_VERSION,
      cause: "patient_cancels",
      on: "2027-02-14",
      treatmentOn: "2027-02-15",
    },
    bands: [{ fromDays: 0, keptBp: 5_000 }],
    lines: [{ lineId: "a", kind: "treatment", contract: "A", amountMinor: 3_000_000n, delivered: false }],
    ...{ deliveredSlices: [], paid: { A: 600_000n, B: 0n }, contractAMode: "held_by_operator" },
  });
  const booking = { id: "b", policyVersion: POLICY_VERSION, currency: "EUR" };
  const page = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messagesOf("en")} timeZone="UTC">
      <CancelForm
        quotes={[refundQuoteView({ quote, on: "2027-02-14", booking })]}
        unpaid={false}
        currency="EUR"
        locale="en"
        action={async () => ({ status: "idle" })}
      />
    </NextIntlClientProvider>,
  );
  expect(page).toContain("€9,000.00 stays owed");
});
