import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
import { messagesOf } from "@/i18n/messages";
import { moveSelect } from "@/lib/bookings/queries";
import { contractBody } from "./contract-paper";
import { issueDocument, type IssuedDocument } from "./issue-document";
import { dayText } from "./paper";

/**
 * A signed contract as a paper to keep, in the language it was signed in. Contract A is issued once more when the
 * hospital has countersigned it, so that the paper with both names has a number of its own; and each signed contract once
 * for each later move of its day. The text stays as it was signed, and a note says where the day went.
 */
export async function issueContract(
  system: System,
  contractId: string,
  now: Date,
  moveId: string | null = null,
): Promise<Outcome<IssuedDocument, "not_found">> {
  const contract = await asPerson(system, (tx) => readSigned(tx, contractId));
  if (!contract?.signedAt || !contract.signedName) return refused("not_found");
  const { bookingId, caseId, countersignedAt, countersignedName } = contract;
  const words = messagesOf("en").documents;
  const isA = contract.kind === "A";
  const moment = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const isBoth = countersignedAt !== null && countersignedName !== null;
  const issued = await issueDocument(
    system,
    {
      kind: isA ? "contract_a" : "contract_b",
      subjectId: moveId ?? (isBoth ? bookingId : contractId),
      caseId,
      bookingId,
      language: "en",
      body: contractBody(
        {
          kind: contract.kind,
          title: isA ? words.kind.contract_a : words.kind.contract_b,
          bookingNumber: contract.booking.number,
          text: contract.text,
          textVersion: contract.textVersion,
          textHash: contract.textHash,
          signedName: contract.signedName,
          signedAt: moment(contract.signedAt),
          countersigned: isBoth ? { name: countersignedName, at: moment(countersignedAt) } : null,
          moves: contract.booking.moves.map(({ fromOn, toOn, movedAt, movedByName }) => ({
            ...{ from: dayText(fromOn, "en"), to: dayText(toOn, "en") },
            ...{ at: moment(movedAt), name: movedByName },
          })),
        },
        words.contract,
      ),
    },
    now,
  );
  return done(issued);
}

function readSigned(tx: Tx, id: string) {
  return tx.contract.findFirst({
    where: { id, signedAt: { not: null } },
    select: {
      ...{ kind: true, bookingId: true, caseId: true, text: true, textVersion: true, textHash: true },
      ...{ signedAt: true, signedName: true, countersignedAt: true, countersignedName: true },
      booking: { select: { number: true, moves: { orderBy: { movedAt: "asc" }, select: moveSelect } } },
    },
  });
}
