import "server-only";
import { type Refused, refused } from "@/lib/kernel/outcome";
import { MINUTE } from "./auth-life";
import { currentIdentity, type Identity } from "./session";

/** How long a second step is good for moving money and rights. */
const FRESH_MS = 15 * MINUTE;

/**
 * Whether this person proves their second step once more before money or rights move. Who has none owes none here:
 * outside the demo staff without one reach no such door at all.
 */
export function owesStepUp(identity: Identity, now: Date): boolean {
  if (!identity.hasFactor) return false;
  return identity.mfaAt === null || now.getTime() - identity.mfaAt.getTime() > FRESH_MS;
}

/** What an action answers instead of going on, or null. The page asks for the code and sends the same form again. */
export async function stepUpRefusal(): Promise<Refused<"step_up_required"> | null> {
  const identity = await currentIdentity();
  return identity && owesStepUp(identity, new Date()) ? refused("step_up_required") : null;
}
