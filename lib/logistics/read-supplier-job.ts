import "server-only";
import { addHours } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import type { LogisticsEventForm } from "./forms";
import { ASSIGNMENT_EDGES } from "./interpreter-assignment";
import type { Edge } from "./machine";
import { moveAssignment } from "./move-assignment";
import { moveTransfer } from "./move-transfer";
import { RIDE_HOURS, TRANSFER_EDGES } from "./transfer";
import { firstNameOf, type SupplierJob } from "./views/part";

const supplier = systemActor("supplier-link");
/** A link closes this long after the work was due to end. */
const LINK_HOURS_AFTER = 24;

/** The page a driver or an interpreter opens on the phone. */
export function supplierPage(token: string, locale: string): string {
  return `${env().APP_URL}/${locale}/job/${token}`;
}

/** The same for programs. */
export function supplierLink(token: string): string {
  return `${env().APP_URL}/api/v1/supplier/${token}`;
}

interface Found {
  id: string;
  kind: "transfer" | "interpreter";
  caseId: string;
  job: SupplierJob;
}

/** The job behind a secret link; null for a wrong, replaced or outdated one. Each look leaves an audit row. */
export function readSupplierJob(token: string, now: Date): Promise<SupplierJob | null> {
  return asPerson(supplier, async (tx) => {
    const found = await findJob(tx, token, now);
    if (!found) return null;
    const about = { caseId: found.caseId, objectType: found.kind, objectId: found.id };
    await writeAudit(tx, supplier, "supplier_link.viewed", about);
    return found.job;
  });
}

/** What the driver or the interpreter reports from the road, by the same link. */
export async function reportSupplierJob(
  token: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<SupplierJob>> {
  const found = await asPerson(supplier, (tx) => findJob(tx, token, now));
  if (!found) return refused("not_found");
  // Only the minutes come from outside; who drives or interprets is decided at the desk.
  const said: LogisticsEventForm = form.minutes === undefined ? {} : { minutes: form.minutes };
  const move = found.kind === "transfer" ? moveTransfer : moveAssignment;
  const moved = await move(supplier, found.id, word, said, now);
  if (!moved.ok) return moved;
  const after = await asPerson(supplier, (tx) => findJob(tx, token, now));
  return after ? done(after.job) : refused("not_found");
}

async function findJob(tx: Tx, token: string, now: Date): Promise<Found | null> {
  const linkHash = sha256(token);
  const ride = await tx.transfer.findUnique({ where: { linkHash } });
  if (ride) {
    const endsAt = addHours(ride.pickupAt, RIDE_HOURS);
    if (addHours(endsAt, LINK_HOURS_AFTER) <= now) return null;
    const { id, caseId, state, timeZone, flight, meetingPoint, passengers, wheelchair, stretcher, oxygen } =
      ride;
    const job: SupplierJob = {
      ...{
        kind: "transfer",
        state,
        timeZone,
        flight,
        meetingPoint,
        passengers,
        wheelchair,
        stretcher,
        oxygen,
      },
      firstName: await firstName(tx, caseId),
      startsAt: ride.pickupAt.toISOString(),
      endsAt: endsAt.toISOString(),
      place: ride.pickupPlace,
      to: ride.dropPlace,
      languages: [],
      appointment: null,
      events: eventsOf(TRANSFER_EDGES, state),
    };
    return { id, caseId, kind: "transfer", job };
  }
  return findTalk(tx, linkHash, now);
}

async function findTalk(tx: Tx, linkHash: string, now: Date): Promise<Found | null> {
  const talk = await tx.interpreterAssignment.findUnique({ where: { linkHash } });
  if (!talk || addHours(talk.endsAt, LINK_HOURS_AFTER) <= now) return null;
  const { id, caseId, state, timeZone, place } = talk;
  const job: SupplierJob = {
    ...{ kind: "interpreter", state, timeZone, place, to: null, meetingPoint: null, flight: null },
    ...{ passengers: null, wheelchair: null, stretcher: null, oxygen: null },
    firstName: await firstName(tx, caseId),
    startsAt: talk.startsAt.toISOString(),
    endsAt: talk.endsAt.toISOString(),
    languages: [talk.fromLang, talk.toLang],
    appointment: talk.purpose,
    events: eventsOf(ASSIGNMENT_EDGES, state),
  };
  return { id, caseId, kind: "interpreter", job };
}

async function firstName(tx: Tx, caseId: string): Promise<string> {
  const found = await tx.case.findUnique({ where: { id: caseId }, select: { contactName: true } });
  return firstNameOf(found?.contactName ?? null);
}

function eventsOf<S extends string>(edges: readonly Edge<S>[], state: S): string[] {
  return edges
    .filter((edge) => edge.who.includes("supplier") && edge.from.includes(state))
    .map((edge) => edge.event);
}
