import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";

/** The facts of an event that are kept: names, never what the payer typed. */
export interface ProviderEventFacts {
  id: string;
  type: string;
  objectId: string;
  createdAt: Date;
  isLive: boolean;
  claimed: { amount: number | null; currency: string | null };
}

/** Keeps an event and puts its work into the queue, both or neither. Told again, it changes nothing. */
export async function acceptProviderEvent(
  system: System,
  event: ProviderEventFacts,
): Promise<"new" | "known"> {
  return asPerson(system, async (tx) => {
    const { id, type, objectId, createdAt, isLive, claimed } = event;
    const { count } = await tx.providerEvent.createMany({
      data: [{ id, type, objectId, createdAt, payload: { isLive, claimed } }],
      skipDuplicates: true,
    });
    if (count === 0) return "known";
    await enqueue(tx, "provider.apply", { eventId: id });
    return "new";
  });
}
