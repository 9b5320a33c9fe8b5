import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import type { PayerBooking } from "@/components/bookings/next-step";
import { PlanList } from "@/components/bookings/plan-list";
import { planItemView } from "@/lib/bookings/views/plan-item";
import { messagesOf } from "@/i18n/messages";

const act = async () => ({ status: "idle" as const });
vi.mock("next/navigation", () => ({ usePathname: () => "/en", useRouter: () => ({}) }));

/** The words beside a deposit of so much, where nothing is paid yet. */
function wordsOf(amountMinor: bigint, isOnItsWay = false): string {
  const item = planItemView({
    ...{ id: "d", position: 1, kind: "deposit", contract: "B", state: "due", currency: "KWD" },
    ...{ amountMinor, contractAMinor: 0n, paidMinor: 0n, dueOn: new Date("2027-02-15"), paidAt: null },
    ...{ transferAnnouncedAt: null, payments: isOnItsWay ? [{ id: "p" }] : [] },
  });
  const booking = { number: "B-1", caseId: "c", state: "awaiting_deposit", currency: "KWD", plan: [item] };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messagesOf("en")} timeZone="UTC">
      <PlanList
        booking={booking as unknown as PayerBooking}
        locale="en"
        pay={act}
        payPart={null}
        announce={act}
        account={null}
        zone="UTC"
      />
    </NextIntlClientProvider>,
  ).replaceAll(/<[^>]+>/g, "|");
}

describe("an instalment no card takes", () => {
  it("says so and offers the bank alone", () => {
    const words = wordsOf(16_524n);
    expect(words).toContain("No card takes");
    expect(words).toContain("|Pay by bank transfer|");
    expect(words).not.toContain("|Pay KWD");
  });

  it("is not what any other sum is called", () => {
    const words = wordsOf(16_530n);
    expect(words).not.toContain("No card takes");
    expect(words).toContain("By bank transfer instead");
  });
});

it("asks nobody to pay what a debit is bringing", () => {
  const words = wordsOf(16_530n, true);
  expect(words).toContain("Your bank has been asked to pay this.");
  expect(words).not.toContain("By bank transfer instead");
});
