import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { startCheckout } from "@/lib/payments/start-checkout";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id } }));

async function started(made: Awaited<ReturnType<typeof makeUnpaidBooking>>) {
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  return checkout.value;
}

describe("what the provider's door refuses", () => {
  it("is a message signed with another secret, or a day old", async () => {
    const made = await makeUnpaidBooking();
    const { url } = await started(made);
    await provider().pay(url);
    const event = await openDb().providerEvent.findFirstOrThrow({
      where: { type: "checkout.session.completed" },
    });
    const before = await openDb().providerEvent.count();

    const foreign = await provider().control("forge", { eventId: event.id, secret: "whsec_somebody_else" });
    const old = await provider().control("forge", { eventId: event.id, ageSeconds: 86_400 });

    expect(foreign).toMatchObject({ ok: false, reason: "answered 400" });
    expect(old).toMatchObject({ ok: false, reason: "answered 400" });
    expect(await openDb().providerEvent.count()).toBe(before);
  });

  it("is an amount that is not what was asked: a person looks at it and nothing is booked", async () => {
    const made = await makeUnpaidBooking();
    const { url, paymentId } = await started(made);
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(url);
    await provider().control("webhooks", { deliver: "once" });
    const eventId = await completedEventOf(paymentId);

    await provider().control("forge", { eventId, amount: 100 });
    const outcomes = await provider().work();

    expect(outcomes).toContain("mismatch");
    expect((await bookingNow(made.bookingId)).state).toBe("awaiting_deposit");
    const tasks = await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId: made.caseId } }));
    expect(tasks.map((task) => task.kind)).toEqual(["unmatched_payment"]);
  });
});

async function completedEventOf(paymentId: string): Promise<string> {
  const response = await fetch(`${provider().url}/_control/events`);
  const { items } = (await response.json()) as {
    items: { id: string; type: string; data: { object: { client_reference_id?: string } } }[];
  };
  const ofPayment = items.filter((item) => item.data.object.client_reference_id === paymentId);
  const completed = ofPayment.find((item) => item.type === "checkout.session.completed");
  if (!completed) throw new Error("The provider has no completed session of this payment.");
  return completed.id;
}
