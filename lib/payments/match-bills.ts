import "server-only";
import type { ClinicManager, Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { MatchBillsForm } from "./bill-form";
import { fitsCause, matchOf } from "./bill-match";
import { type NotedLine, pairingOf } from "./bill-mirror";
import { type BillsRead, readBills } from "./read-bills";

export type Matcher = ClinicManager | Finance;
type Refusal = "not_found" | "forbidden" | "no_bill" | "invalid_line" | "invalid_bill_cause";

/**
 * The centre, or finance, says which booked line each billed line stands for and why they differ. The older match stays
 * readable; the newest counts. Nothing of the invoice and nothing of what was agreed changes.
 */
export async function matchBills(
  matcher: Matcher,
  bookingId: string,
  form: MatchBillsForm,
  now: Date,
): Promise<Outcome<BillsRead, Refusal>> {
  return asPerson(matcher, async (tx) => {
    if (!(await claimTrip(tx, bookingId))) return refused("not_found");
    const found = await readBills(tx, matcher, bookingId);
    if (!found) return refused("not_found");
    if (found.mirror.billed.length === 0) return refused("no_bill");
    // Whose door is closed sees nothing of what was agreed.
    if (found.mirror.lines.length === 0) return refused("forbidden");
    const lines = mergedMatch(found, form);
    if (!lines.ok) return lines;
    await writeMatch(tx, matcher, found, lines.value, now);
    const read = await readBills(tx, matcher, bookingId);
    return read ? done(read) : refused("not_found");
  });
}

/** What stands now, with what the form says otherwise. */
function mergedMatch(
  { mirror, exclusions }: BillsRead,
  form: MatchBillsForm,
): Outcome<NotedLine[], "invalid_line" | "invalid_bill_cause"> {
  const serviceOf = new Map(mirror.lines.map((line) => [line.lineId, line.id]));
  const pairing = new Map(pairingOf(mirror.match));
  for (const [index, { billLineId, lineId }] of form.lines.entries()) {
    const path = `lines.${index}.lineId`;
    if (lineId && !serviceOf.has(lineId)) return refused("invalid_line", { path });
    if (!billLineId && !lineId) return refused("invalid_line", { path });
    if (billLineId && !pairing.has(billLineId))
      return refused("invalid_line", { path: `lines.${index}.billLineId` });
    if (billLineId && lineId !== undefined)
      pairing.set(billLineId, lineId === null ? null : (serviceOf.get(lineId) ?? null));
  }
  const derived = matchOf(mirror.billed, mirror.lines, exclusions, pairing);
  const merged: NotedLine[] = [];
  for (const line of derived) {
    const said = form.lines.findLast((one) =>
      line.billLineId
        ? one.billLineId === line.billLineId
        : serviceOf.get(one.lineId ?? "") === line.serviceId,
    );
    const before = mirror.match.find((one) => isAbout(one, line));
    const keeps = before && fitsCause(before.cause, line.cause) ? before.cause : line.cause;
    const cause = said?.cause ?? keeps;
    if (!fitsCause(cause, line.cause))
      return refused("invalid_bill_cause", { path: `lines.${said ? form.lines.indexOf(said) : 0}.cause` });
    merged.push({ ...line, cause, note: said?.note ?? before?.note ?? null });
  }
  return done(merged);
}

function isAbout(one: NotedLine, line: Pick<NotedLine, "billLineId" | "serviceId">): boolean {
  return one.billLineId === line.billLineId && one.serviceId === line.serviceId;
}

/** Keeps a match as its author's, in the transaction of whoever needs it. Answers its id. */
export async function writeMatch(
  tx: Tx,
  matcher: Matcher,
  { booking }: BillsRead,
  lines: readonly NotedLine[],
  now: Date,
): Promise<string> {
  const id = newId();
  const { id: bookingId, caseId } = booking;
  const version = 1 + (await tx.billMatch.count({ where: { bookingId } }));
  await tx.billMatch.createMany({
    data: [
      {
        ...{ id, bookingId, caseId, version, madeAt: now },
        ...{ authorId: matcher.personId, authorRole: matcher.role, authorName: matcher.name },
      },
    ],
  });
  await tx.billMatchLine.createMany({
    data: lines.map((line) => ({ id: newId(), matchId: id, caseId, ...line })),
  });
  const about = {
    caseId,
    objectType: "booking",
    objectId: bookingId,
    facts: { version, lines: lines.length },
  };
  await writeAudit(tx, matcher, "bill.matched", about);
  return id;
}
