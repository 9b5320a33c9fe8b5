import { describe, expect, it } from "vitest";
import { ASSIGNMENT_EDGES, ASSIGNMENT_STATES, mayFinish } from "@/lib/logistics/interpreter-assignment";
import { type Edge, edgeFor } from "@/lib/logistics/machine";
import { SHIPMENT_EDGES, SHIPMENT_STATES } from "@/lib/logistics/shipment";
import { TRANSFER_EDGES, TRANSFER_STATES } from "@/lib/logistics/transfer";
import { VISA_EDGES, VISA_STATES } from "@/lib/logistics/visa";

const MACHINES: [string, readonly string[], readonly Edge<string>[], readonly string[]][] = [
  ["transfer", TRANSFER_STATES, TRANSFER_EDGES, ["done", "no_show", "failed", "cancelled"]],
  ["assignment", ASSIGNMENT_STATES, ASSIGNMENT_EDGES, ["done", "replaced", "cancelled"]],
  ["shipment", SHIPMENT_STATES, SHIPMENT_EDGES, ["delivered", "returned", "lost", "temperature_excursion"]],
  ["visa", VISA_STATES, VISA_EDGES, ["granted"]],
];

describe.each(MACHINES)("the machine of a %s", (_name, states, edges, final) => {
  it("takes exactly the declared edges and leaves final states alone", () => {
    for (const state of states) {
      const events = edges.filter((edge) => edge.from.includes(state)).map((edge) => edge.event);
      for (const { event } of edges) {
        const answer = edgeFor(edges, state, event, "coordinator");
        expect(answer.ok).toBe(events.includes(event));
      }
      if (final.includes(state)) expect(events).toEqual([]);
    }
  });

  it("knows no other words", () => {
    expect(edgeFor(edges, states[0] ?? "", "teleport", "coordinator")).toMatchObject({ reason: "not_found" });
  });
});

describe("a supplier's link", () => {
  it("reports the work and does not assign it", () => {
    expect(edgeFor(TRANSFER_EDGES, "assigned", "pick_up", "supplier").ok).toBe(true);
    expect(edgeFor(TRANSFER_EDGES, "assigned", "picked_up", "supplier").ok).toBe(true);
    expect(edgeFor(TRANSFER_EDGES, "requested", "assign", "supplier")).toMatchObject({ reason: "forbidden" });
    expect(edgeFor(SHIPMENT_EDGES, "cleared", "pack", "supplier")).toMatchObject({ reason: "forbidden" });
  });
});

describe("a consent talk", () => {
  it("is closed only with an interpreter, minutes and the patient's own word", () => {
    const talk = { purpose: "consent_talk", resourceId: "r", minutes: 60, understood: true };
    expect(mayFinish(talk)).toBe(true);
    expect(mayFinish({ ...talk, understood: false })).toBe(false);
    expect(mayFinish({ ...talk, minutes: null })).toBe(false);
    expect(mayFinish({ ...talk, resourceId: null })).toBe(false);
    expect(mayFinish({ ...talk, purpose: "discharge_talk", understood: false })).toBe(true);
  });
});
