import { z } from "zod";
import { dayOf } from "@/lib/kernel/day";
import { ASSIGNMENT_STATES, type AssignmentState } from "../interpreter-assignment";
import { SHIPMENT_STATES, type ShipmentState } from "../shipment";
import { TRANSFER_STATES, type TransferState } from "../transfer";
import { VISA_STATES, type VisaState } from "../visa";

const at = z.string();

export const transferSchema = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  caseId: z.uuid(),
  direction: z.string(),
  state: z.enum(TRANSFER_STATES),
  resourceId: z.uuid().nullable(),
  flight: z.string().nullable(),
  terminal: z.string().nullable(),
  pickupAt: at,
  timeZone: z.string(),
  passengers: z.int(),
  wheelchair: z.boolean(),
  stretcher: z.boolean(),
  oxygen: z.boolean(),
  pickupPlace: z.string(),
  dropPlace: z.string(),
  meetingPoint: z.string().nullable(),
  /** Only in the answer that assigns: the address for the driver, without an account. */
  link: z.string().optional(),
});
export type TransferView = z.output<typeof transferSchema>;

export const assignmentSchema = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  caseId: z.uuid(),
  state: z.enum(ASSIGNMENT_STATES),
  resourceId: z.uuid().nullable(),
  fromLang: z.string(),
  toLang: z.string(),
  mode: z.string(),
  purpose: z.string(),
  genderWish: z.string().nullable(),
  place: z.string(),
  startsAt: at,
  endsAt: at,
  timeZone: z.string(),
  minutes: z.int().nullable(),
  understood: z.boolean(),
  link: z.string().optional(),
});
export type AssignmentView = z.output<typeof assignmentSchema>;

export const shipmentSchema = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  caseId: z.uuid(),
  state: z.enum(SHIPMENT_STATES),
  mode: z.string(),
  destination: z.string(),
  items: z.array(z.unknown()),
  ruleId: z.string().nullable(),
  ruleVersion: z.string().nullable(),
  blockReason: z.string().nullable(),
  papers: z.array(z.string()),
  carrier: z.string().nullable(),
  tracking: z.string().nullable(),
  supplierId: z.uuid().nullable(),
  deliveredAt: at.nullable(),
});
export type ShipmentView = z.output<typeof shipmentSchema>;

export const visaSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  bookingId: z.uuid().nullable(),
  country: z.string(),
  state: z.enum(VISA_STATES),
  note: z.string().nullable(),
  decidedOn: z.string().nullable(),
});
export type VisaView = z.output<typeof visaSchema>;

/** What a driver or an interpreter learns: first name, time, place, and what the work needs. No diagnosis, no surname. */
export const supplierJobSchema = z.object({
  kind: z.enum(["transfer", "interpreter"]),
  state: z.string(),
  firstName: z.string(),
  startsAt: at,
  endsAt: at,
  timeZone: z.string(),
  place: z.string(),
  to: z.string().nullable(),
  meetingPoint: z.string().nullable(),
  flight: z.string().nullable(),
  passengers: z.int().nullable(),
  wheelchair: z.boolean().nullable(),
  stretcher: z.boolean().nullable(),
  oxygen: z.boolean().nullable(),
  languages: z.array(z.string()),
  appointment: z.string().nullable(),
  events: z.array(z.string()),
});
export type SupplierJob = z.output<typeof supplierJobSchema>;

type TransferShown = Omit<TransferView, "pickupAt" | "link" | "state"> & {
  pickupAt: Date;
  state: TransferState;
};
type AssignmentShown = Omit<AssignmentView, "startsAt" | "endsAt" | "link" | "state"> & {
  startsAt: Date;
  endsAt: Date;
  state: AssignmentState;
};
type ShipmentShown = Omit<ShipmentView, "items" | "deliveredAt" | "state"> & {
  items: unknown;
  deliveredAt: Date | null;
  state: ShipmentState;
};
type VisaShown = Omit<VisaView, "decidedOn" | "state"> & { decidedOn: Date | null; state: VisaState };

export function transferView(row: TransferShown, link: string | null = null): TransferView {
  const { id, bookingId, caseId, direction, state, resourceId, flight, terminal, timeZone, passengers } = row;
  const { wheelchair, stretcher, oxygen, pickupPlace, dropPlace, meetingPoint } = row;
  return {
    ...{ id, bookingId, caseId, direction, state, resourceId, flight, terminal, timeZone, passengers },
    ...{ wheelchair, stretcher, oxygen, pickupPlace, dropPlace, meetingPoint },
    pickupAt: row.pickupAt.toISOString(),
    ...(link ? { link } : {}),
  };
}

export function assignmentView(row: AssignmentShown, link: string | null = null): AssignmentView {
  const { id, bookingId, caseId, state, resourceId, fromLang, toLang, mode, purpose } = row;
  const { genderWish, place, timeZone, minutes, understood } = row;
  return {
    ...{ id, bookingId, caseId, state, resourceId, fromLang, toLang, mode, purpose },
    ...{ genderWish, place, timeZone, minutes, understood },
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    ...(link ? { link } : {}),
  };
}

export function shipmentView(row: ShipmentShown): ShipmentView {
  const { id, bookingId, caseId, state, mode, destination, ruleId, ruleVersion, blockReason, papers } = row;
  const { carrier, tracking, supplierId } = row;
  return {
    ...{ id, bookingId, caseId, state, mode, destination, ruleId, ruleVersion, blockReason, papers },
    ...{ carrier, tracking, supplierId },
    items: Array.isArray(row.items) ? row.items : [],
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}

export function visaView(row: VisaShown): VisaView {
  const { id, caseId, bookingId, country, state, note } = row;
  return {
    id,
    caseId,
    bookingId,
    country,
    state,
    note,
    decidedOn: row.decidedOn ? dayOf(row.decidedOn) : null,
  };
}

/** "Anna" of "Anna Petrova": all a driver's sign needs. */
export function firstNameOf(name: string | null): string {
  return name?.trim().split(/\s+/)[0] ?? "Guest";
}
