import "server-only";
import type { ClinicMember, Coordinator } from "@/lib/kernel/actor";
import { sumMinor } from "@/lib/kernel/money";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { regimeOf } from "@/lib/bookings/booking";
import { mayBeEmergency, mayChange } from "@/lib/bookings/price-change";
import type { BookingFacts, ServiceFacts } from "@/lib/bookings/queries";
import type { CaseStage } from "@/lib/cases/case";
import { LINE_KINDS } from "@/lib/estimates/estimate";
import { deviceRefusal } from "@/lib/estimates/line-device";
import { twinAt } from "@/lib/estimates/line-twins";
import { goOnAs, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { systemActor } from "@/lib/infra/session";
import type { ProposeChangeForm } from "./forms";
import { readClosedAccount } from "./read-closed-account";

export interface ResolvedLine {
  serviceId: string | null;
  kind: string;
  label: string | null;
  quantity: number;
  unit: string;
  device: string | null;
  fromMinor: bigint;
  toMinor: bigint;
  cause: string;
}

export type UnfitLine =
  | "invalid_line"
  | "invalid_fee"
  | "invalid_same_sum"
  | "invalid_other_currency"
  | "invalid_device"
  | "invalid_twin"
  | "line_delivered"
  | "part_still_booked"
  | "changes_regime";

type NotNow =
  | "account_closed"
  | "illegal_transition"
  | "change_waiting"
  | "invalid_contract"
  | "invalid_day_ahead"
  | "forbidden";

/** Why nothing may be proposed for this booking now; null when it may. */
export async function whyNotPropose(
  tx: Tx,
  author: ClinicMember | Coordinator,
  { contract, emergency }: ProposeChangeForm,
  booking: BookingFacts,
  stage: CaseStage,
  now: Date,
): Promise<Refused<NotNow> | null> {
  // What the operator sells is none of a centre's, and nobody's emergency.
  if (contract === "B" && (emergency || author.role !== "coordinator"))
    return refused("invalid_contract", { path: "contract" });
  const mayNow = emergency ? mayBeEmergency(booking.state, stage) : mayChange(booking.state, stage);
  const isEnded = contract === "B" && booking.contracts.some((one) => one.withdrawnAt);
  if (!mayNow || isEnded) return refused("illegal_transition", { from: booking.state, stage });
  if (emergency && emergency.happenedAt > now)
    return refused("invalid_day_ahead", { path: "emergency.happenedAt" });
  // Nobody would count it: what the hospital's contract costs stands in the account.
  if (contract === "A" && (await readClosedAccount(tx, booking.id))) return refused("account_closed");
  const where = {
    bookingId: booking.id,
    OR: [
      { state: "emergency_applied" as const, provenAt: null },
      ...(emergency ? [] : [{ state: "proposed" as const }]),
    ],
  };
  const waiting = await tx.changeOrder.findFirst({ where, select: { id: true } });
  if (waiting) return refused("change_waiting", { changeOrderId: waiting.id });
  // A centre sees no change of contract B, and one at a time waits for its answer.
  return (await countChanges(tx, author, where)) > 0 ? refused("change_waiting") : null;
}

/** All changes of a trip that is taken, also those their author does not see. */
export async function countChanges(
  tx: Tx,
  author: ClinicMember | Coordinator,
  where: Prisma.ChangeOrderWhereInput,
): Promise<number> {
  const all = await goOnAs(tx, systemActor("count-changes"), () => tx.changeOrder.count({ where }));
  await goOnAs(tx, author, async () => undefined);
  return all;
}

/** The lines of a form as what is booked knows them: what each costs now, and that it may change. */
export async function resolveLines(
  tx: Tx,
  form: ProposeChangeForm,
  booking: BookingFacts,
): Promise<Outcome<ResolvedLine[], UnfitLine>> {
  const lines: ResolvedLine[] = [];
  for (const [index, line] of form.lines.entries()) {
    const at = { path: `lines.${index}.lineId` };
    const service = line.lineId
      ? booking.services.find((one) => one.lineId === line.lineId && one.line.contract === form.contract)
      : null;
    if (service === undefined) return refused("invalid_line", at);
    if (line.amount.currency !== null && line.amount.currency !== booking.currency)
      return refused("invalid_other_currency", { path: `lines.${index}.amount` });
    const kind = service?.kind ?? line.kind ?? "other";
    if (kind === "operator_fee") return refused("invalid_fee", at);
    const toMinor = line.amount.amountMinor;
    const fromMinor = service?.amountMinor ?? 0n;
    if (toMinor === fromMinor) return refused("invalid_same_sum", { path: `lines.${index}.amount` });
    if (service && toMinor === 0n) {
      const stands = await whyNotDropped(tx, booking, service);
      if (stands) return stands;
    }
    if (service && (await isPassedOn(tx, service.id))) return refused("line_delivered", at);
    const { quantity, unit, cause, device = null } = line;
    const label = line.label ?? service?.line.label ?? null;
    lines.push({
      ...{ serviceId: service?.id ?? null, kind, label, quantity, unit, device, fromMinor, toMinor, cause },
    });
  }
  return (
    twinOf(booking, lines) ??
    changesRegime(booking, lines) ??
    (await unfitDevice(tx, booking, lines)) ??
    done(lines)
  );
}

/** A ride, a talk or a parcel is called off first, by those who planned it. */
async function whyNotDropped(
  tx: Tx,
  { id: bookingId }: BookingFacts,
  { kind, deliveredAt }: ServiceFacts,
): Promise<Refused<"line_delivered" | "part_still_booked"> | null> {
  if (deliveredAt) return refused("line_delivered");
  const direction = kind === "transfer_arrival" ? "arrival" : "return";
  const over = { notIn: ["cancelled", "no_show", "failed"] as ("cancelled" | "no_show" | "failed")[] };
  const live =
    kind === "interpreter"
      ? await tx.interpreterAssignment.count({
          where: { bookingId, state: { notIn: ["cancelled", "replaced"] } },
        })
      : kind === "medicine_supply"
        ? await tx.shipment.count({ where: { bookingId, state: { notIn: ["blocked", "returned", "lost"] } } })
        : kind.startsWith("transfer_")
          ? await tx.transfer.count({ where: { bookingId, direction, state: over } })
          : 0;
  return live > 0 ? refused("part_still_booked", { kind }) : null;
}

/**
 * Why a change that waited for its answer can no longer be made: since it was proposed a line of it was delivered or planned,
 * though it falls away, or stands on an invoice or in a release. The booking is taken, so nothing of it comes in between.
 */
export async function whyOvertaken(
  tx: Tx,
  booking: BookingFacts,
  lines: readonly { serviceId: string | null; toMinor: bigint }[],
): Promise<Refused<"change_overtaken"> | null> {
  for (const { serviceId, toMinor } of lines) {
    const service = booking.services.find((one) => one.id === serviceId);
    if (!service) continue;
    const isTooLate =
      (toMinor === 0n && (await whyNotDropped(tx, booking, service)) !== null) ||
      (await isPassedOn(tx, service.id));
    if (isTooLate) return refused("change_overtaken", { kind: service.kind });
  }
  return null;
}

/** What stands on an invoice or in a release keeps its price: neither follows a change. */
export async function isPassedOn(tx: Tx, serviceId: string): Promise<boolean> {
  if ((await tx.releaseLine.count({ where: { serviceId, isLive: true } })) > 0) return true;
  const invoiced = await tx.invoiceLine.findMany({
    where: { serviceId, creditsLineId: null },
    select: { grossMinor: true, notes: { select: { grossMinor: true } } },
  });
  return invoiced.some((line) => sumMinor(line.notes.map((note) => note.grossMinor)) < line.grossMinor);
}

/** A second line of what one driver, interpreter or parcel serves, beside one that stays booked. */
function twinOf({ services }: BookingFacts, lines: readonly ResolvedLine[]): Refused<"invalid_twin"> | null {
  const changed = new Map(lines.map((line) => [line.serviceId, line.toMinor]));
  const standing = services
    .filter(({ id, amountMinor }) => (changed.get(id) ?? amountMinor) > 0n)
    .map((service) => service.kind);
  for (const [index, { serviceId, fromMinor, toMinor, kind }] of lines.entries()) {
    const isNew = serviceId === null || fromMinor === 0n;
    if (!isNew || toMinor === 0n) continue;
    if (serviceId === null) standing.push(kind);
    if (twinAt([...standing.filter((one) => one === kind)]) >= 0)
      return refused("invalid_twin", { path: `lines.${index}.kind` });
  }
  return null;
}

/** A bed or a flight added would make a package of the trip, which is signed for anew. */
function changesRegime(
  booking: BookingFacts,
  lines: readonly ResolvedLine[],
): Refused<"changes_regime"> | null {
  const before = booking.services.map((service) => service.kind);
  const added = lines.filter((line) => line.serviceId === null).map((line) => line.kind);
  const known = [...LINE_KINDS];
  return regimeOf(before, known) === regimeOf([...before, ...added], known)
    ? null
    : refused("changes_regime");
}

async function unfitDevice(tx: Tx, { clinicId }: BookingFacts, lines: readonly ResolvedLine[]) {
  const clinic = await tx.clinic.findUniqueOrThrow({ where: { id: clinicId }, select: { country: true } });
  return deviceRefusal(lines, clinic.country);
}
