import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { visitCase } from "@/lib/cases/open-case";

/** Opens a case on the desk and leaves the trace of it; null for no case and for what is no id. */
export async function openDeskCase(
  coordinator: Coordinator,
  id: string,
  now: Date,
): Promise<CaseFacts | null> {
  return isUuid(id) ? visitCase(coordinator, id, now) : null;
}
