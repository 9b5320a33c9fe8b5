import { expect, test } from "@playwright/test";
import { until } from "../support/api";
import { acceptedEstimate, demoStaff, freeSlots, must, payPage } from "../support/main-job";

interface Booking {
  id: string;
  state: string;
}
interface PlanItem {
  id: string;
  kind: string;
  state: string;
  amount: { amount: number; currency: string };
}

test.describe("the main job over the HTTP API", () => {
  test("takes a patient from the first question to a confirmed, paid date", async () => {
    test.setTimeout(120_000);
    const { manager, finance } = await demoStaff();
    const { patient, caseId, estimateId, optionalLineIds } = await acceptedEstimate();
    const slots = await freeSlots();
    let booking: Booking | undefined;
    for (const slot of slots.slice(0, 12)) {
      const answer = await patient.post<Booking>("/bookings", {
        estimateId,
        slotId: slot.slotId,
        services: optionalLineIds,
      });
      // Interpreters of the demo may be busy on a day; a person would take the next day as well.
      if (answer.status === 201) {
        booking = answer.body;
        break;
      }
      expect(answer.status).toBe(409);
    }
    if (!booking) throw new Error("No day could be held.");
    expect(booking.state).toBe("held");
    must(
      await patient.post(`/bookings/${booking.id}/sign`, { contract: "A", typedName: "Samira Haddad" }),
      200,
    );
    const signed = must(
      await patient.post<Booking>(`/bookings/${booking.id}/sign`, {
        contract: "B",
        typedName: "Samira Haddad",
      }),
      200,
    );
    expect(signed.state).toBe("awaiting_deposit");

    const plan = must(await patient.get<{ items: PlanItem[] }>(`/bookings/${booking.id}/plan`), 200);
    const deposit = plan.items.find((item) => item.kind === "deposit");
    if (!deposit) throw new Error("The plan has no deposit.");
    const checkout = must(
      await patient.post<{ url: string }>(`/plan-items/${deposit.id}/checkout`),
      200,
      201,
    );
    const again = must(await patient.post<{ url: string }>(`/plan-items/${deposit.id}/checkout`), 200, 201);
    expect(again.url).toBe(checkout.url);
    const paid = await payPage(checkout.url);
    expect(paid.status).toBe(303);

    const bookingId = booking.id;
    await until(
      () => patient.get<Booking>(`/bookings/${bookingId}`),
      (answer) => answer.body.state === "awaiting_centre",
    );
    const confirmed = must(await manager.post<Booking>(`/bookings/${bookingId}/confirm`), 200);
    expect(confirmed.state).toBe("confirmed");
    const kase = must(await patient.get<{ stage: string }>(`/cases/${caseId}`), 200);
    expect(kase.stage).toBe("preparing");

    const balance = must(
      await finance.get<{ items: { balance: number }[]; totals: { balance: number }[] }>(
        "/ledger/trial-balance",
      ),
      200,
    );
    for (const total of balance.totals) expect(total.balance).toBe(0);
    must(await patient.get(`/bookings/${bookingId}/statement`), 200);
    const documents = await until(
      () => patient.get<{ items: { id: string; kind: string }[] }>(`/cases/${caseId}/documents`),
      (answer) => answer.body.items.some((document) => document.kind === "receipt"),
    );
    expect(documents.status).toBe(200);
  });
});
