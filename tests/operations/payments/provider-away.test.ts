import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { startCheckout } from "@/lib/payments/start-checkout";
import { startSandbox } from "@/tools/stripe-sandbox/start-sandbox";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";

const dataDir = await mkdtemp(join(tmpdir(), "valvia-away-"));

afterAll(async () => {
  dropStripe();
  await rm(dataDir, { recursive: true, force: true });
});

describe("while the payment provider is away", () => {
  it("the booking stays as it is, and the next click works once it is back", async () => {
    const first = await startSandbox({ port: 0, dataDir });
    Object.assign(process.env, { STRIPE_API_BASE: first.url, STRIPE_SECRET_KEY: first.secretKey });
    await first.close();
    const made = await makeUnpaidBooking();

    expect(await startCheckout(made.patient, made.depositId, new Date(), null, "ar")).toMatchObject({
      reason: "payment_provider_unavailable",
    });
    const booking = await asPerson(testSystem, (tx) =>
      tx.booking.findUniqueOrThrow({ where: { id: made.bookingId } }),
    );
    expect(booking.state).toBe("awaiting_deposit");

    const back = await startSandbox({ port: Number(new URL(first.url).port), dataDir });
    const again = await startCheckout(made.patient, made.depositId, new Date());
    await back.close();

    expect(again).toMatchObject({ ok: true });
    const payments = await asPerson(testSystem, (tx) =>
      tx.payment.findMany({ where: { planItemId: made.depositId } }),
    );
    expect(payments).toHaveLength(1);
    const intents = await openDb().providerIntent.findMany({ where: { objectId: payments[0]?.id ?? "" } });
    // One key, one request: asked for again from a page in another language, it says what it said first.
    expect(intents).toMatchObject([
      { params: { locale: "ar", successUrl: expect.stringContaining("/ar/my/cases/") } },
    ]);
  });
});
