import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import type { ComponentProps } from "react";
import { expect, it, vi } from "vitest";
import { ReleaseDue } from "@/components/desk/release-due";
import { ReleaseList } from "@/components/desk/release-list";
import { IDLE } from "@/components/ui/form-state";
import books from "@/locales/en/books.json";
import common from "@/locales/en/common.json";
import lineKinds from "@/locales/en/lineKinds.json";

vi.mock("next/navigation", () => ({ usePathname: () => "/en/desk/money/releases" }));

const deliveredAt = new Date("2026-11-20T10:00:00Z");
const line = {
  ...{ id: "l", serviceId: "s", kind: "interpreter", amountMinor: 19_000n, taxMinor: 3_034n, deliveredAt },
  ...{ evidence: "interpreter_minutes" as const, evidenceId: "e", proof: null },
};
const group = {
  ...{ bookingId: "b", bookingNumber: "V-1", caseId: "c", currency: "EUR", contract: "B" as const },
  ...{ payee: "Words GmbH", payeeKey: "name:words gmbh", lines: [line], cameBack: null },
};
const release = {
  ...{ ...group, id: "r", legalName: "Words GmbH", state: "paid", amountMinor: 19_000n, taxMinor: 3_034n },
  ...{ proposedBy: "Ann", proposedById: "p", proposedAt: deliveredAt, approvedBy: null, approvedAt: null },
  ...{ paidAt: deliveredAt, bankReference: "SEPA 1", refusedReason: null, recall: null },
  ...{ account: null, accountNow: null, accountWaits: null, accountsBefore: [] },
} as unknown as ComponentProps<typeof ReleaseList>["releases"][number];
const act = () => Promise.resolve(IDLE);

const actions = {
  ...{ approve: act, refuse: act, pay: act, recall: act, confirmRecall: act, refuseRecall: act },
  account: { propose: act, approve: act, refuse: act },
};

function wordsOf(page: React.ReactElement): string {
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ books, common, lineKinds }} timeZone="UTC">
      {page}
    </NextIntlClientProvider>,
  );
  return markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

it("a release is headed by the sum the bank is to send, with why it is less than the patient paid", () => {
  const due = wordsOf(<ReleaseDue due={[group]} propose={act} />);
  const list = wordsOf(<ReleaseList releases={[release]} meId="m" actions={actions} />);
  for (const words of [due, list]) {
    expect(words).toMatch(/€159\.66.*€190\.00/);
    expect(words).toContain("€190.00 of the patient&#x27;s money, less €30.34 tax that the operator owes");
  }
});

it("a release says that the last payment to its account came back, before it is proposed and before it is approved", () => {
  const cameBack = { at: new Date("2026-11-22T09:00:00Z"), reason: "The account is closed" };
  const account = { id: "a", payeeKey: "name:words gmbh", holder: "Words", number: "1234", bic: null };
  const known = {
    ...account,
    state: "confirmed",
    source: "Letter",
    proposedBy: "Ann",
    proposedAt: deliveredAt,
  };
  const told = { ...known, answeredBy: null, answeredAt: null, replacedAt: null, refusedReason: null };
  const due = wordsOf(<ReleaseDue due={[{ ...group, cameBack }]} propose={act} />);
  const waits = { ...release, state: "proposed", account: told, cameBack } as typeof release;
  const list = wordsOf(<ReleaseList releases={[waits]} meId="m" actions={actions} />);
  for (const words of [due, list]) expect(words).toMatch(/came back: 22 Nov 2026, \d.*The account is closed/);
});
