import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { bookingSchema } from "@/lib/bookings/views/booking";
import {
  createAssignmentForm,
  createShipmentForm,
  createTransferForm,
  createVisaForm,
  editAssignmentForm,
  editShipmentForm,
  editTransferForm,
  editVisaForm,
  holdBookingForm,
  logisticsEventForm,
  logisticsListForm,
  rescheduleForm,
} from "../forms";
import { assignmentSchema, shipmentSchema, supplierJobSchema, transferSchema, visaSchema } from "./part";

interface Part {
  path: string;
  noun: string;
  schema: z.ZodType;
  create: z.ZodType;
  edit: z.ZodType;
  readers: string[];
  refusals: string[];
}

const tag = "Logistics";
const parties = ["coordinator", "patient", "clinic_manager", "clinic_reviewer"];
const busy = [
  "terms_missing",
  "resource_unfit",
  "illegal_transition",
  "resource_busy",
  "invalid_resource",
  "booking_cancelled",
];

const PARTS: readonly Part[] = [
  {
    path: "/transfers",
    noun: "ride",
    schema: transferSchema,
    create: createTransferForm,
    edit: editTransferForm,
    readers: parties,
    refusals: busy,
  },
  {
    path: "/interpreter-assignments",
    noun: "talk with an interpreter",
    schema: assignmentSchema,
    create: createAssignmentForm,
    edit: editAssignmentForm,
    readers: parties,
    refusals: [...busy, "consent_talk_open"],
  },
  {
    path: "/shipments",
    noun: "medicine supply",
    schema: shipmentSchema,
    create: createShipmentForm,
    edit: editShipmentForm,
    readers: ["coordinator", "patient"],
    refusals: ["illegal_transition", "supply_blocked", "pharmacy_missing", "booking_cancelled"],
  },
  {
    path: "/visas",
    noun: "visa",
    schema: visaSchema,
    create: createVisaForm,
    edit: editVisaForm,
    readers: ["coordinator", "patient"],
    refusals: ["illegal_transition"],
  },
];

function operationsOf(part: Part): ApiOperation[] {
  const { path, noun, schema, readers, refusals } = part;
  const list = z.object({ items: z.array(schema), next: z.string().nullable() });
  const one = { description: `The ${noun}.`, schema };
  const desk = { tag, roles: ["coordinator"], refusals };
  return [
    {
      method: "get",
      path,
      tag,
      summary: `Every ${noun} the caller may see`,
      roles: readers,
      query: logisticsListForm,
      answers: { 200: { description: "A page.", schema: list } },
    },
    { method: "post", path, summary: `Ask for a ${noun}`, body: part.create, answers: { 201: one }, ...desk },
    {
      method: "get",
      path: `${path}/{id}`,
      tag,
      summary: `One ${noun}`,
      roles: readers,
      answers: { 200: one },
    },
    {
      method: "patch",
      path: `${path}/{id}`,
      summary: `Change a ${noun}`,
      body: part.edit,
      answers: { 200: one },
      ...desk,
    },
    {
      method: "post",
      path: `${path}/{id}/{event}`,
      summary: `Tell what happened to a ${noun}`,
      body: logisticsEventForm,
      answers: { 200: one },
      ...desk,
    },
  ];
}

const job = { description: "First name, time and place; nothing medical.", schema: supplierJobSchema };

export const logisticsApi: ApiOperation[] = [
  {
    method: "post",
    path: "/bookings",
    tag: "Bookings",
    summary: "Hold the day and the chosen services of an accepted estimate, all or none",
    roles: ["patient"],
    body: holdBookingForm,
    answers: { 201: { description: "The hold; it ends at `holdExpiresAt`.", schema: bookingSchema } },
    refusals: [
      "slot_taken",
      "interpreter_taken",
      "driver_taken",
      "ambulance_taken",
      "hold_exists",
      "not_accepted",
      "supply_blocked",
      "supply_mode_sold",
      "travel_blocked",
      "reconfirm_needed",
      "consent_withdrawn",
      "payment_terms_changed",
      "day_too_near",
      "invalid_arrival",
      "invalid_slot",
      "invalid_services",
      "twin_services",
    ],
  },
  {
    method: "post",
    path: "/bookings/{id}/reschedule",
    tag: "Bookings",
    summary:
      "Move a booking to another day of the same centre; the old day stays until the new one is won. A hold moves as long as nothing is signed, keeps its end and gets new contracts; `fromSlotId` is the day that was seen",
    roles: ["patient", "coordinator"],
    body: rescheduleForm,
    answers: {
      200: {
        description: "The booking; of a paid one the centre confirms the new day.",
        schema: bookingSchema,
      },
    },
    refusals: [
      "slot_taken",
      "interpreter_taken",
      "driver_taken",
      "ambulance_taken",
      "reconfirm_needed",
      "travel_blocked",
      "contract_signed",
      "hold_expired",
      "day_changed",
      "terms_changed",
      "invalid_arrival",
      "move_too_late",
      "price_would_change",
      "too_many",
      "illegal_transition",
      "invalid_slot",
      "forbidden",
    ],
  },
  ...PARTS.flatMap(operationsOf),
  {
    method: "get",
    path: "/supplier/{token}",
    tag,
    summary: "The job behind a driver's or interpreter's link",
    roles: [],
    answers: { 200: job },
  },
  {
    method: "post",
    path: "/supplier/{token}/{event}",
    tag,
    summary: "Report from the road, by the same link",
    roles: [],
    body: logisticsEventForm,
    answers: { 200: job },
    refusals: ["illegal_transition", "consent_talk_open"],
  },
];
