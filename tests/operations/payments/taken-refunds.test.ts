import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { refundsToHandle } from "@/lib/desk/queries/money";
import { approveRefund } from "@/lib/payments/approve-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { statementView } from "@/lib/payments/statement-view";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makePaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { makeApproved, makeSettled, refundNow, tellDispute, tellRefund } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const now = () => new Date();
const WHOLE = 350_000n;
const PART = 100_000n;

/** What is owed to the payer, what was lost, and what lies at the provider. */
async function booksOf(bookingId: string) {
  const sumOf = async (account: "refund_payable" | "write_off" | "psp_clearing") =>
    (await openDb().ledgerEntry.aggregate({ where: { bookingId, account }, _sum: { amountMinor: true } }))
      ._sum.amountMinor ?? 0n;
  return {
    owed: -(await sumOf("refund_payable")),
    lost: await sumOf("write_off"),
    here: await sumOf("psp_clearing"),
  };
}

const openTasks = (caseId: string, title: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, title, state: "open" } }));
const asideOf = async (id: string) =>
  (await asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }))).refundedMinor;
const sendingJobs = async (id: string) =>
  (
    await openDb().$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'refund.send' AND data->>'refundId' = ${id}`
  )[0]?.n;

const TAKEN = { state: "refused", refusedReason: "taken_by_bank", refusedById: null };

describe("a refund that came back before the payer's bank took the payment", () => {
  it("is owed no more and goes no second way; the loss is what was really lost, told twice too", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    expect(await booksOf(made.bookingId)).toEqual({ owed: PART, lost: 0n, here: WHOLE });
    await tellDispute(made.paymentId, "needs_response");
    await Promise.all([tellDispute(made.paymentId, "lost"), tellDispute(made.paymentId, "lost")]);

    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE - PART, here: 0n });
    expect(await refundNow(made.id)).toMatchObject(TAKEN);
    expect(await asideOf(made.paymentId)).toBe(0n);
    expect(await openTasks(made.caseId, made.id)).toBe(0);
    expect((await refundsToHandle(made.finance)).map((refund) => refund.id)).not.toContain(made.id);
    expect(reasonOf(await settleBankRefund(made.finance, made.id, now()))).not.toBe("done");
    expect(reasonOf(await approveRefund(await makeFinance(), made.id, now()))).not.toBe("done");
    expect(await made.bounce()).toBe("already");
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE - PART, here: 0n });
  });

  it("is named in the patient's statement as given back by their bank", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await tellDispute(made.paymentId, "lost");
    const statement = await statementFor(made.patient, made.bookingId);
    if (!statement) throw new Error("The patient may see it.");
    const sentences = (locale: string) => statementView(statement, locale).movements.map(({ text }) => text);
    expect(sentences("en")).toContain(
      "Refund of €1,000.00: your bank has given you this money back for good, so we do not send it a second time.",
    );
    expect(sentences("ar").join(" ")).toContain("مصرفك");
  });

  it("stays owed as far as the bank left it, and goes through the bank by hand", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await tellDispute(made.paymentId, "needs_response");
    expect(reasonOf(await settleBankRefund(made.finance, made.id, now()))).toBe("payment_disputed");
    await tellDispute(made.paymentId, "lost", { amountMinor: 30_000n });

    expect(await booksOf(made.bookingId)).toEqual({ owed: 70_000n, lost: 0n, here: WHOLE - 30_000n });
    const rows = await asPerson(testSystem, (tx) =>
      tx.refund.findMany({ where: { paymentId: made.paymentId }, orderBy: { id: "asc" } }),
    );
    expect(rows).toMatchObject([
      { id: made.id, state: "failed", amountMinor: 70_000n },
      { ...TAKEN, amountMinor: 30_000n },
    ]);
    expect(await made.bounce()).toBe("former_try");
    expect(await openTasks(made.caseId, made.id)).toBe(1);
    const sent = await Promise.all([
      settleBankRefund(made.finance, made.id, now()),
      settleBankRefund(made.finance, made.id, now()),
    ]);
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: 0n, here: WHOLE - 100_000n });
  });

  it("is paid out once or taken once, where both happen at the same moment", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    const [sent] = await Promise.all([
      settleBankRefund(made.finance, made.id, now()),
      tellDispute(made.paymentId, "lost"),
    ]);
    const lost = sent.ok ? WHOLE : WHOLE - PART;
    expect(await booksOf(made.bookingId)).toMatchObject({ owed: 0n, lost });
    expect((await refundNow(made.id)).state).toBe(sent.ok ? "settled" : "refused");
  });

  it("was sent by transfer before: the payer has it twice, and all of it is lost", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    valueOf(await settleBankRefund(made.finance, made.id, now()));
    await tellDispute(made.paymentId, "lost");
    expect((await refundNow(made.id)).state).toBe("settled");
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE, here: -PART });
  });

  it("was approved again and has not left: it never leaves", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    valueOf(await approveRefund(await makeFinance(), made.id, now()));
    await tellDispute(made.paymentId, "lost");
    expect(await refundNow(made.id)).toMatchObject(TAKEN);
    await sendRefund(testSystem, made.id, now());
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE - PART, here: 0n });
  });
});

describe("a refund approved when the payer's bank asks for the payment", () => {
  it("waits, and leaves once the bank has refused", async () => {
    const made = await makeApproved(provider());
    await tellDispute(made.paymentId, "needs_response");
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).toBe("waits");
    expect((await refundNow(made.id)).state).toBe("approved");
    const before = await sendingJobs(made.id);
    await tellDispute(made.paymentId, "won");
    expect(await sendingJobs(made.id)).toBe((before ?? 0) + 1);
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).toBe("settled");
    expect(await booksOf(made.bookingId)).toMatchObject({ owed: 0n, lost: 0n });
  });

  it("never leaves once the bank took the payment", async () => {
    const made = await makeApproved(provider());
    await tellDispute(made.paymentId, "needs_response");
    await tellDispute(made.paymentId, "lost");
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).toBe("refused");
    expect(await refundNow(made.id)).toMatchObject(TAKEN);
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE - PART, here: 0n });
  });

  it("leaves or ends, never both, where it is sent at the same moment", async () => {
    const made = await makeApproved(provider());
    await Promise.all([sendRefund(testSystem, made.id, now()), tellDispute(made.paymentId, "lost")]);
    const { state } = await refundNow(made.id);
    const lost = state === "settled" ? WHOLE : WHOLE - PART;
    expect(await booksOf(made.bookingId)).toMatchObject({ owed: 0n, lost });
  });
});

describe("a refund that is with the provider when the payer's bank takes the payment", () => {
  async function makeSent() {
    const made = await makeApproved(provider());
    await provider().control("webhooks", { deliver: "never" });
    expect(await tellRefund(made.id, `re_${made.id}`, "pending")).toBe("sent");
    await provider().control("webhooks", { deliver: "once" });
    await tellDispute(made.paymentId, "lost");
    expect((await refundNow(made.id)).state).toBe("sent");
    expect(await booksOf(made.bookingId)).toMatchObject({ owed: PART, lost: WHOLE });
    return made;
  }

  it("is lost too where it arrives", async () => {
    const made = await makeSent();
    expect(await tellRefund(made.id, `re_${made.id}`, "succeeded")).toBe("settled");
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE, here: -PART });
  });

  it("is owed no more where it fails, also after it had arrived", async () => {
    const failed = await makeSent();
    await tellRefund(failed.id, `re_${failed.id}`, "failed");
    const bounced = await makeSent();
    await tellRefund(bounced.id, `re_${bounced.id}`, "succeeded");
    await tellRefund(bounced.id, `re_${bounced.id}`, "failed");
    for (const made of [failed, bounced]) {
      expect(await refundNow(made.id)).toMatchObject(TAKEN);
      expect(await openTasks(made.caseId, made.id)).toBe(0);
      expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE - PART, here: 0n });
    }
  });

  it("is owed no more where its failure and the loss are told at the same moment", async () => {
    const made = await makeApproved(provider());
    await tellRefund(made.id, `re_${made.id}`, "pending");
    await Promise.all([tellRefund(made.id, `re_${made.id}`, "failed"), tellDispute(made.paymentId, "lost")]);
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE - PART, here: 0n });
  });
});

describe("a payment the bank took in two parts", () => {
  it("pays what was owed once", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await tellDispute(made.paymentId, "lost", { amountMinor: 60_000n });
    await tellDispute(made.paymentId, "lost", { amountMinor: 60_000n, name: "second" });
    expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: 20_000n, here: WHOLE - 120_000n });
    expect(await asideOf(made.paymentId)).toBe(0n);
  });
});

it("knows a paid booking without refunds as before", async () => {
  const made = await makePaidBooking(provider());
  await tellDispute(made.paymentId, "lost");
  expect(await booksOf(made.bookingId)).toEqual({ owed: 0n, lost: WHOLE, here: 0n });
});
