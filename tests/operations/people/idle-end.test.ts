import { beforeEach, expect, it, vi } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { idleEndMinutes } from "@/lib/infra/idle-end";
import { endSession } from "@/lib/people/end-session";
import { sweepLeftovers } from "@/lib/people/sweep-leftovers";
import { openBrowser } from "../../support/factors";
import { makeCoordinator, makePatient } from "../../support/people";

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
  }),
}));

beforeEach(() => jar.clear());

/** A browser somebody signed in with; `quiet` lets its idle time pass. */
async function browserOf(person: Awaited<ReturnType<typeof makePatient | typeof makeCoordinator>>) {
  const { token } = await openBrowser(person);
  jar.set("valvia", token);
  const where = { tokenHash: sha256(token) };
  const { id, endsAt, endsLatestAt } = await openDb().session.findUniqueOrThrow({ where });
  return { id, where, endsAt, endsLatestAt };
}

it("says after how much quiet a patient and somebody of the staff were signed out, even after a sweep", async () => {
  for (const [make, minutes] of [
    [makePatient, 30],
    [makeCoordinator, 15],
  ] as const) {
    const { endsAt } = await browserOf(await make());
    expect(await idleEndMinutes(addMinutes(endsAt, -1))).toBeNull();
    const later = addMinutes(endsAt, 60);
    await sweepLeftovers(later);
    expect(await idleEndMinutes(later)).toBe(minutes);
  }
});

it("says nothing of quiet to a stranger, after the longest life of a sign-in, and to whoever was signed out", async () => {
  expect(await idleEndMinutes(new Date())).toBeNull();
  jar.set("valvia", "somebody's guess");
  expect(await idleEndMinutes(new Date())).toBeNull();

  const patient = await makePatient();
  const { id, endsAt, endsLatestAt } = await browserOf(patient);
  expect(await idleEndMinutes(endsLatestAt)).toBeNull();
  await endSession(patient, id);
  expect(await idleEndMinutes(addMinutes(endsAt, 1))).toBeNull();
});

it("is forgotten with the sign-in itself", async () => {
  const { where, endsLatestAt } = await browserOf(await makePatient());
  await sweepLeftovers(endsLatestAt);
  expect(await openDb().session.count({ where })).toBe(0);
});
