import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { answerRevision, type RevisionNo } from "./answer-revision";

/** Says no to a whole proposal; the public page stays, and the centre's next draft begins from it. */
export function rejectRevision(
  approver: Admin | Coordinator,
  id: string,
  reason: string,
  now: Date,
): Promise<RevisionNo> {
  return answerRevision(approver, id, { state: "rejected", reason }, now);
}
