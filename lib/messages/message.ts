import type { Role } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";

export const AUDIENCES = ["patient", "centre", "internal"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const MESSAGE_MAX = 5_000;
export const ATTACHMENTS_MAX = 10;

/** Which thread a role writes in: patients and centres have one each, coordinators choose. */
export function threadOf(
  role: Role,
  wished: Audience | null,
): Outcome<Audience, "forbidden" | "invalid_audience"> {
  if (role === "coordinator") return done(wished ?? "patient");
  const own: Audience = role === "patient" ? "patient" : "centre";
  if (wished !== null && wished !== own) return refused("forbidden");
  return done(own);
}

/** A line of the timeline: the last word of a thread needs no answer. Its note names the thread, "patient" or the centre's slug. */
export const ANSWER_NOT_NEEDED = "answer_not_needed";
