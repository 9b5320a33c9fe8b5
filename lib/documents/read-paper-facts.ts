import "server-only";
import type { Tx } from "@/lib/infra/db";

interface NamedPaper {
  id: string;
  kind: string;
  subjectId: string | null;
  bookingId: string | null;
}

/** What tells papers of one kind and booking apart. */
export interface PaperFacts {
  /** Paid, invoiced or, below zero, taken off; null where a paper is not about one sum, or the reader may not know it. */
  sum: { amountMinor: bigint; currency: string } | null;
  /** Whose names a contract carries, or that it was issued anew for a moved day. */
  mark: "signed" | "countersigned" | "moved" | null;
}

/** By the ids of the papers; only what row-level security lets be read. */
export async function readPaperFacts(
  tx: Tx,
  papers: readonly NamedPaper[],
): Promise<Map<string, PaperFacts>> {
  const subjectIds = papers.flatMap(({ subjectId }) => subjectId ?? []);
  const payments = await tx.payment.findMany({
    where: { id: { in: subjectIds } },
    select: { id: true, amountMinor: true, currency: true },
  });
  const invoices = await tx.invoice.findMany({
    where: { documentId: { in: papers.map(({ id }) => id) } },
    select: { documentId: true, kind: true, grossMinor: true, currency: true },
  });
  const moves = await tx.bookingMove.findMany({ where: { id: { in: subjectIds } }, select: { id: true } });
  const sums = new Map<string, PaperFacts["sum"]>([
    ...payments.map(({ id, ...sum }) => [id, sum] as const),
    ...invoices.map(({ documentId, kind, grossMinor, currency }) => {
      const amountMinor = kind === "credit_note" ? -grossMinor : grossMinor;
      return [documentId, { amountMinor, currency }] as const;
    }),
  ]);
  const moved = new Set(moves.map(({ id }) => id));
  return new Map(
    papers.map((paper) => {
      const { id, kind, subjectId } = paper;
      const sum = sums.get(kind === "receipt" ? (subjectId ?? "") : id) ?? null;
      return [id, { sum, mark: markOf(paper, moved) }];
    }),
  );
}

/** Contract A with both names stands for its booking, either contract of a moved day for the move. */
function markOf({ kind, subjectId, bookingId }: NamedPaper, moved: ReadonlySet<string>): PaperFacts["mark"] {
  if (moved.has(subjectId ?? "")) return "moved";
  if (kind !== "contract_a") return null;
  return subjectId === bookingId ? "countersigned" : "signed";
}
