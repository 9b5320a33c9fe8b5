import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BookingBar } from "@/components/bookings/booking-bar";
import type { PayerBooking } from "@/components/bookings/next-step";
import { PlanList } from "@/components/bookings/plan-list";
import { PlanSums } from "@/components/bookings/plan-sums";
import { RefundList } from "@/components/bookings/refund-list";
import { TakenNotice } from "@/components/bookings/taken-notice";
import { CaseList } from "@/components/cases/case-list";
import { NextCard } from "@/components/cases/next-card";
import { CANCEL_CAUSES, quoteRefund } from "@/lib/bookings/refund-policy";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import type { CaseLineView } from "@/lib/cases/views";
import { statementText } from "@/lib/payments/wording";
import { messagesOf } from "@/i18n/messages";

const messages = messagesOf("en");
const words = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  )
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

const eur = (amount: number) => ({ amount, currency: "EUR" });
const account = { holder: "Valvia GmbH", iban: "DE89 3704 0044", bic: "TESTDEFF", bank: "Test Bank" };
const text = statementText("en", "EUR");

/** A deposit of 10,536 that was paid, and 25,144 still open. */
function booking(lost: number, asked: number, owed = lost): PayerBooking {
  const of = {
    covers: [],
    contract: "B",
    dueOn: "2027-02-15",
    paidAt: null,
    announcedAt: null,
    part: null,
    byCard: true,
  };
  const plan = [
    {
      ...of,
      id: "d",
      kind: "deposit",
      state: "paid",
      amount: eur(1_053_600),
      paid: eur(1_053_600),
      open: eur(0),
    },
    {
      ...of,
      id: "b",
      kind: "balance",
      state: "planned",
      amount: eur(2_514_400),
      paid: eur(0),
      open: eur(2_514_400),
    },
  ];
  return {
    ...{ number: "B-2026-000018", caseId: "c", state: "confirmed", currency: "EUR", plan },
    treatmentOn: "2027-03-01",
    taken: {
      ...{ amount: eur(lost), text: text.taken(BigInt(lost), null), lost: eur(lost), again: eur(owed) },
      owed:
        owed > 0
          ? [{ planItemId: "d", amount: eur(owed), text: text.owedAgain("deposit", BigInt(owed)) }]
          : [],
      asked: { amount: eur(asked), text: text.asked(BigInt(asked)) },
      items: lost + asked > 0 ? [{ planItemId: "d", taken: eur(lost), asked: eur(asked) }] : [],
    },
  } as unknown as PayerBooking;
}

const head = (one: PayerBooking) => words(<TakenNotice booking={one} locale="en" account={account} />);
const plan = (one: PayerBooking) =>
  words(
    <>
      <PlanSums booking={one} locale="en" />
      <PlanList
        {...{ booking: one, locale: "en", account, zone: "UTC" }}
        {...{ pay: null, payPart: null, announce: null }}
      />
    </>,
  );

describe("a booking whose payer's bank took money", () => {
  it("says at its head what was taken, what is owed again, how it is sent, and that the booking stands", () => {
    const said = head(booking(1_053_600, 0));
    for (const part of [
      "took back €10,536.00",
      "€10,536.00 of your deposit is owed again",
      "1 Mar 2027 stands",
    ])
      expect(said).toContain(part);
    for (const part of ["B-2026-000018", ...Object.values(account)]) expect(said).toContain(part);
  });

  it("counts as paid only what is here, and what is owed again as open", () => {
    const said = plan(booking(1_053_600, 0));
    expect(said).toContain("Paid so far: €0.00. Still open: €35,680.00, of €35,680.00 in all.");
    expect(said).toContain("€10,536.00 taken back");
    const reading = (
      <BookingBar booking={booking(1_053_600, 0)} locale="en" may={{ sign: false, pay: false }} />
    );
    expect(words(reading)).not.toContain("again");
    const seen = <TakenNotice booking={booking(1_053_600, 0)} locale="en" account={account} mayPay={false} />;
    expect(words(seen)).toContain("took back");
    expect(words(seen)).not.toMatch(/again|IBAN|transfer/);
    const bar = words(<BookingBar booking={booking(1_053_600, 0)} locale="en" />);
    expect(bar).toContain("Paid €0.00, open €35,680.00");
    expect(bar).toContain("Pay €10,536.00 again");
  });

  it("asks for nothing while the bank has not decided, and says who asks", () => {
    const asked = booking(0, 1_053_600);
    expect(head(asked)).toContain("Your bank is asking for €10,536.00 of what you paid.");
    expect(head(asked)).toContain("Your booking for 1 Mar 2027 stands.");
    expect(head(asked)).not.toContain("owed again");
    expect(plan(asked)).toContain("bank asks");
    expect(words(<BookingBar booking={asked} locale="en" />)).not.toContain("again");
  });

  it("speaks of none of it where no bank did", () => {
    expect(head(booking(0, 0))).toBe("");
    expect(head({ ...booking(0, 0), taken: null })).toBe("");
    expect(plan(booking(0, 0))).toContain("Paid so far: €10,536.00. Still open: €25,144.00");
  });
});

describe("what would come back, once a bank took it", () => {
  const quotes = (lostMinor: bigint) =>
    CANCEL_CAUSES.map((cause) =>
      refundQuoteView({
        quote: quoteRefund({
          policyVersion: "2026-11b",
          ...{ cause, on: "2026-12-01", treatmentOn: "2027-03-01", bands: [{ fromDays: 0, keptBp: 1_000 }] },
          lines: [
            { lineId: "a", kind: "treatment", contract: "A", amountMinor: 4_000_000n, delivered: false },
          ],
          ...{ deliveredSlices: [], paid: { A: 1_053_600n, B: 0n }, contractAMode: "held_by_operator" },
          taken: { A: { lostMinor, contestedMinor: 0n }, B: { lostMinor: 0n, contestedMinor: 0n } },
        }),
        on: "2026-12-01",
        booking: { id: "b", policyVersion: "1", currency: "EUR" },
      }),
    );
  const list = (lostMinor: bigint) =>
    words(
      <RefundList
        {...{ quotes: quotes(lostMinor), basis: "paid" as const, currency: "EUR", locale: "en" }}
      />,
    );

  it("is told in one sentence where all of it was taken", () => {
    expect(list(1_053_600n)).toContain("nothing would come back from us today");
    expect(list(1_053_600n)).toContain("€10,536.00");
    expect(list(1_053_600n)).not.toContain("€0.00");
  });

  it("is told reason by reason while something of it is here", () => {
    expect(list(53_600n)).toContain("€10,000.00");
    expect(list(53_600n)).not.toContain("nothing would come back");
  });
});

describe("the overview of a case whose bank took money", () => {
  const view = {
    ...{
      id: "c",
      number: "V-1",
      stage: "preparing",
      waitingOn: "coordinator",
      nextAction: null,
      contact: { name: null },
    },
    ...{ nextDueAt: "2026-11-25T12:00:00.000Z", onHold: null, treatment: null, urgent: false },
  } as unknown as CaseLineView;
  const due = { open: eur(1_053_600), dueOn: null, isLate: false, again: eur(1_053_600) };
  const now = new Date("2026-11-22T12:00:00.000Z");
  const card = (one: Parameters<typeof NextCard>[0]["due"]) =>
    words(<NextCard view={view} due={one} isBesides={false} now={now} locale="en" zone="UTC" />);

  it("says that it is the reader's turn and what is to be paid again", () => {
    expect(card(due)).toContain("It is your turn Your bank took back €10,536.00");
    expect(card(undefined)).toContain("Nothing is asked of you just now");
    const both = { ...due, open: eur(1_187_600), dueOn: "2027-02-15" as const };
    expect(card(both)).toContain("Please pay €1,340.00 by 15 Feb 2027.");
  });

  it("says so in the list of cases", () => {
    expect(words(<CaseList cases={[{ ...view, unread: 0, due }]} locale="en" zone="UTC" />)).toContain(
      "Your turn: pay €10,536.00 again",
    );
  });
});
