import { afterAll, beforeAll, expect, it } from "vitest";
import { dropStripe } from "@/lib/infra/stripe";
import { sendRefund } from "@/lib/payments/send-refund";
import { Died, mortalStripe } from "@/tests/support/money-model/fates";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { startProvider } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";
import { makeApproved, refundNow } from "@/tests/support/refunds";

/** After a day the provider knows a key no more. */
const LONGER_THAN_A_KEY = 25 * 3_600;

let provider: Peer;

beforeAll(async () => {
  provider = openBooks(await startProvider());
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

it("sends a refund once, though its process died before it heard and the provider has forgotten the key", async () => {
  const { id } = await makeApproved(provider);
  mortalStripe(provider).fate = "dies_after";
  await expect(sendRefund(testSystem, id, new Date())).rejects.toThrow(Died);
  expect((await refundNow(id)).state).toBe("approved");
  await provider.control("clock", { advanceSeconds: LONGER_THAN_A_KEY });

  await Promise.all([1, 2].map(() => sendRefund(testSystem, id, new Date())));

  const { refunds } = await provider.books();
  const sent = refunds.filter((one) => one.metadata?.["refund"] === id);
  expect(sent).toHaveLength(1);
  expect(await refundNow(id)).toMatchObject({ state: "settled", stripeRefundId: sent[0]?.id });
});
