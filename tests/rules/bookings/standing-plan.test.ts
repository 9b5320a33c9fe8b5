import { describe, expect, it } from "vitest";
import { standingPlan } from "@/lib/bookings/standing-plan";
import type { BookingView } from "@/lib/bookings/views/booking";

const at = "2026-12-01T10:00:00.000Z";
const contract = (kind: "A" | "B", withdrawnAt: string | null) =>
  ({ kind, withdrawnAt }) as BookingView["contracts"][number];
const service = (kind: string, of: "A" | "B", deliveredAt: string | null) =>
  ({ kind, contract: of, deliveredAt }) as BookingView["services"][number];
const ride = (state: string) => ({ state }) as BookingView["transfers"][number];
const talk = (state: string) => ({ state }) as BookingView["interpreters"][number];
const parcel = (state: string) => ({ state }) as BookingView["shipments"][number];

const booked = {
  contracts: [contract("A", null), contract("B", null)],
  transfers: [ride("assigned"), ride("done"), ride("cancelled")],
  interpreters: [talk("confirmed"), talk("replaced"), talk("cancelled")],
  shipments: [parcel("blocked"), parcel("in_transit")],
  services: [
    service("treatment", "A", null),
    service("visa_papers", "B", at),
    service("translation", "B", null),
  ],
};

describe("what of a plan still comes", () => {
  it("is nothing that was called off, and a parcel that a rule holds back is still shown", () => {
    const plan = standingPlan(booked);
    expect(plan.transfers.map(({ state }) => state)).toEqual(["assigned", "done"]);
    expect(plan.interpreters.map(({ state }) => state)).toEqual(["confirmed"]);
    expect(plan.shipments).toHaveLength(2);
    expect(plan.services).toHaveLength(3);
  });

  it("is of a contract one has withdrawn from only what had begun", () => {
    const plan = standingPlan({ ...booked, contracts: [contract("A", null), contract("B", at)] });
    expect(plan.services.map(({ kind }) => kind)).toEqual(["treatment", "visa_papers"]);
    expect(plan.shipments.map(({ state }) => state)).toEqual(["in_transit"]);
  });
});
