import { describe, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { applyProviderEvent } from "@/lib/payments/apply-provider-event";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makePatient, testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id }, include: { planItems: true } }));

const paymentsOfItem = (planItemId: string) =>
  asPerson(testSystem, (tx) => tx.payment.findMany({ where: { planItemId }, orderBy: { createdAt: "asc" } }));

const jobsOf = (name: string, key: string, value: string) =>
  openDb().$queryRawUnsafe<unknown[]>(
    "SELECT id FROM pgboss.job WHERE name = $1 AND data->>$2 = $3",
    name,
    key,
    value,
  );

async function started(made: Awaited<ReturnType<typeof makeUnpaidBooking>>) {
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  return checkout.value;
}

describe("startCheckout", () => {
  it("opens a page for the server's amount and lets the hold outlive it", async () => {
    const soon = addMinutes(new Date(), 10);
    const made = await makeUnpaidBooking({ holdExpiresAt: soon });

    const checkout = await started(made);

    expect(checkout.url).toContain(provider().url);
    expect(checkout.amountMinor).toBe(made.depositMinor);
    const booking = await bookingNow(made.bookingId);
    expect(booking.holdExpiresAt?.getTime()).toBeGreaterThanOrEqual(
      checkout.expiresAt.getTime() + 5 * 60_000,
    );
    const audit = await openDb().auditEvent.findFirst({
      where: { event: "payment.started", objectId: checkout.paymentId },
    });
    expect(audit?.actorId).toBe(made.patient.personId);
  });

  it("gives two clicks at once the same page", async () => {
    const made = await makeUnpaidBooking();

    const answers = await Promise.all([1, 2, 3].map(() => started(made)));

    expect(new Set(answers.map((answer) => answer.url)).size).toBe(1);
    expect(await paymentsOfItem(made.depositId)).toHaveLength(1);
  });

  it("sends nothing about health to the provider", async () => {
    const made = await makeUnpaidBooking();
    const { paymentId } = await started(made);

    const intent = await openDb().providerIntent.findFirstOrThrow({ where: { objectId: paymentId } });

    const told = JSON.stringify(intent.params).toLowerCase();
    for (const word of [
      "mitral",
      "valve ",
      "teer",
      "heart",
      made.patient.name.toLowerCase(),
      made.patient.email,
    ]) {
      expect(told).not.toContain(word);
    }
  });

  it("hides the instalment of another patient", async () => {
    const made = await makeUnpaidBooking();
    const stranger = await makePatient();

    expect(await startCheckout(stranger, made.depositId, new Date())).toMatchObject({ reason: "not_found" });
  });

  it("lets a companion pay only when the patient allowed it", async () => {
    const made = await makeUnpaidBooking();
    const companion = await makePatient("Carla Companion");
    const access = await openDb().caseAccess.create({
      data: { caseId: made.caseId, personId: companion.personId, scopes: ["read"], purpose: "companion" },
    });

    expect(await startCheckout(companion, made.depositId, new Date())).toMatchObject({ reason: "forbidden" });

    await openDb().caseAccess.update({ where: { id: access.id }, data: { scopes: ["read", "pay"] } });
    expect(await startCheckout(companion, made.depositId, new Date())).toMatchObject({ ok: true });
  });

  it.each([
    ["not_signed", { state: "held" as const, isSigned: false }],
    ["hold_expired", { holdExpiresAt: new Date(Date.now() - 1000) }],
    ["not_fit_to_travel", { answer: { fitToTravel: "no" } }],
    ["amount_not_chargeable", { currency: "KWD" as const, depositMinor: 300_001n }],
  ])("refuses with %s", async (reason, wish) => {
    const made = await makeUnpaidBooking(wish);

    expect(await startCheckout(made.patient, made.depositId, new Date())).toMatchObject({
      ok: false,
      reason,
    });
  });

  it("wants the deposit first", async () => {
    const made = await makeUnpaidBooking();

    expect(await startCheckout(made.patient, made.balanceId, new Date())).toMatchObject({
      reason: "deposit_first",
    });
  });

  it("opens a new page when the old one ran out", async () => {
    const made = await makeUnpaidBooking();
    const first = await started(made);

    const later = await startCheckout(made.patient, made.depositId, addMinutes(new Date(), 32));

    expect(later).toMatchObject({ ok: true });
    if (later.ok) expect(later.value.url).not.toBe(first.url);
    expect((await paymentsOfItem(made.depositId)).map((payment) => payment.state)).toEqual([
      "expired",
      "requires_action",
    ]);
  });
});

describe("a paid deposit", () => {
  it("books the date, the instalment and the ledger once", async () => {
    const made = await makeUnpaidBooking();
    const { url, paymentId } = await started(made);

    await provider().pay(url);
    await provider().work();

    const booking = await bookingNow(made.bookingId);
    expect(booking.state).toBe("awaiting_centre");
    expect(booking.planItems.find((item) => item.id === made.depositId)).toMatchObject({
      state: "paid",
      paidMinor: 350_000n,
    });
    const entries = await openDb().ledgerEntry.findMany({ where: { bookingId: made.bookingId } });
    const amounts = Object.fromEntries(
      entries.map((entry) => [`${entry.account} ${entry.contract ?? ""}`.trim(), entry.amountMinor]),
    );
    expect(amounts).toEqual({
      psp_clearing: 350_000n,
      "client_funds_held A": -300_000n,
      "client_funds_held B": -10_000n,
      "operator_fee_deferred B": -40_000n,
    });
    expect(await jobsOf("document.receipt", "paymentId", paymentId)).toHaveLength(1);
    expect(await startCheckout(made.patient, made.depositId, new Date())).toMatchObject({
      reason: "already_paid",
    });
  });

  it.each(["twice", "reordered"])("is booked once when told %s", async (deliver) => {
    const made = await makeUnpaidBooking();
    const { url, paymentId } = await started(made);
    await provider().control("webhooks", { deliver });

    await provider().pay(url);
    await provider().control("webhooks", { deliver: "once" });
    const waiting = await openDb().providerEvent.findMany({ where: { appliedAt: null } });
    await Promise.all(
      [...waiting, ...waiting].map(({ id }) => applyProviderEvent(testSystem, id, new Date())),
    );

    expect((await bookingNow(made.bookingId)).state).toBe("awaiting_centre");
    expect(await openDb().ledgerTx.count({ where: { paymentId } })).toBe(1);
    expect(
      await openDb().auditEvent.count({ where: { event: "payment.succeeded", objectId: paymentId } }),
    ).toBe(1);
    expect(await jobsOf("document.receipt", "paymentId", paymentId)).toHaveLength(1);
  });

  it("is found by asking when the provider never tells", async () => {
    const made = await makeUnpaidBooking();
    const { url, paymentId } = await started(made);
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(url);
    await provider().control("webhooks", { deliver: "once" });

    const settled = await Promise.all([1, 2].map(() => settlePayment(testSystem, paymentId, new Date())));

    expect(settled.every((one) => one.ok && one.value.state === "succeeded")).toBe(true);
    expect((await bookingNow(made.bookingId)).state).toBe("awaiting_centre");
    expect(await openDb().ledgerTx.count({ where: { paymentId } })).toBe(1);
  });

  it("keeps the money and asks for the date back when the booking was lost in between", async () => {
    const made = await makeUnpaidBooking();
    const { url, paymentId } = await started(made);
    await asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: new Date(), cancelCause: "hold_expired" },
      }),
    );

    await provider().pay(url);
    const told = await openDb().providerEvent.findMany({
      where: { appliedAt: null, type: "checkout.session.completed" },
    });
    const [first] = told;
    const applied = await applyProviderEvent(testSystem, first?.id ?? "", new Date());
    const again = await applyProviderEvent(testSystem, first?.id ?? "", new Date());

    for (const answer of [applied, again])
      expect(answer).toMatchObject({ value: { follow: "reclaim", paymentId } });
    expect((await bookingNow(made.bookingId)).state).toBe("cancelled");
    expect(await openDb().ledgerTx.count({ where: { paymentId } })).toBe(1);
    expect(await jobsOf("payment.settle", "paymentId", paymentId)).toHaveLength(1);
  });

  it("leaves the ledger at zero in every currency", async () => {
    const made = await makeUnpaidBooking({ currency: "JPY", depositMinor: 350_001n, contractAMinor: 0n });
    const { url } = await started(made);
    await provider().pay(url);
    await provider().work();

    const sums = await ledgerSums();
    expect(Object.keys(sums).toSorted()).toContain("JPY");
    expect(Object.values(sums).every((sum) => sum === 0n)).toBe(true);
  });
});

describe("a card that is declined", () => {
  it("leaves the booking waiting and the page open", async () => {
    const made = await makeUnpaidBooking();
    const { url } = await started(made);

    await provider().pay(url, "4000000000000002");
    await provider().work();

    expect((await bookingNow(made.bookingId)).state).toBe("awaiting_deposit");
    expect(await startCheckout(made.patient, made.depositId, new Date())).toMatchObject({ value: { url } });
  });
});
