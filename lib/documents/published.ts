import "server-only";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { typedCode } from "./document";

export interface CheckedPaper {
  kind: string;
  issuedAt: Date;
}

/** What anyone who holds a paper may know about it: that we issued it, its kind and its day. Null for any other code. */
export async function checkPaper(typed: string): Promise<CheckedPaper | null> {
  const checkCode = typedCode(typed);
  if (!checkCode) return null;
  return asPerson(systemActor("document-check"), (tx) =>
    tx.document.findUnique({ where: { checkCode }, select: { kind: true, issuedAt: true } }),
  );
}
