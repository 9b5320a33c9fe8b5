import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { visitCase } from "@/lib/cases/open-case";
import { unreadAtDesk } from "./queries/board";

export interface DeskCase extends CaseFacts {
  /** Messages this coordinator has not read, in a case of theirs or of nobody's. */
  unread: number;
}

/** Opens a case on the desk and leaves the trace of it; null for no case and for what is no id. */
export async function openDeskCase(
  coordinator: Coordinator,
  id: string,
  now: Date,
): Promise<DeskCase | null> {
  const facts = isUuid(id) ? await visitCase(coordinator, id, now) : null;
  if (!facts) return null;
  const unread = (await unreadAtDesk(coordinator, [facts])).get(id) ?? 0;
  return { ...facts, unread };
}
