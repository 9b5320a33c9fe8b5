import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import {
  bookingListForm,
  cancelBookingForm,
  capacityForm,
  confirmBookingForm,
  refundQuoteForm,
  regimeForm,
  setCapacityForm,
  signForm,
  withdrawForm,
} from "../forms";
import { bookingLineSchema, bookingSchema } from "./booking";
import { lettersApi } from "./letter";
import { planItemSchema } from "./plan-item";
import { refundQuoteSchema } from "./refund-quote";

const page = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
const slot = z.object({
  slotId: z.uuid(),
  treatment: z.string(),
  on: z.string(),
  capacity: z.int(),
  free: z.int(),
});
const shown = { description: "The booking.", schema: bookingSchema };
const readers = ["patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer"];
const tag = "Bookings";

/** POST /bookings holds parts of later features too and is described there. */
export const bookingsApi: ApiOperation[] = [
  {
    method: "get",
    path: "/clinics/{slug}/capacity",
    tag,
    summary: "Days of a centre and how many places are free",
    roles: [],
    query: capacityForm,
    answers: { 200: { description: "One entry per day and treatment.", schema: page(slot) } },
  },
  {
    method: "put",
    path: "/cabinet/capacity",
    tag,
    summary: "Set how many procedures the centre can do on each day",
    roles: ["clinic_manager"],
    body: setCapacityForm,
    answers: { 200: { description: "The days as they are now.", schema: page(slot) } },
    refusals: ["capacity_below_taken", "invalid_treatment", "invalid_day"],
  },
  {
    method: "get",
    path: "/bookings",
    tag,
    summary: "Bookings, newest first",
    roles: readers,
    query: bookingListForm,
    answers: { 200: { description: "A page.", schema: page(bookingLineSchema) } },
  },
  {
    method: "get",
    path: "/bookings/{id}",
    tag,
    summary: "One booking",
    roles: readers,
    answers: { 200: shown },
  },
  {
    method: "get",
    path: "/bookings/{id}/plan",
    tag,
    summary: "What is to be paid, when, and what it covers",
    roles: ["patient", "coordinator", "finance"],
    answers: { 200: { description: "The payment plan.", schema: page(planItemSchema) } },
  },
  {
    method: "get",
    path: "/bookings/{id}/refund-quote",
    tag,
    summary: "What would come back for this cause on this day",
    roles: ["patient", "coordinator", "finance"],
    query: refundQuoteForm,
    answers: { 200: { description: "The calculation.", schema: refundQuoteSchema } },
  },
  {
    method: "post",
    path: "/bookings/{id}/sign",
    tag,
    summary:
      "Sign contract A or B by typing a name; with the `slotId` that was seen, for no other day. Of a hold that was moved it must be named",
    roles: ["patient"],
    body: signForm,
    answers: { 200: shown },
    refusals: [
      "hold_expired",
      "day_changed",
      "package_terms_missing",
      "legal_review",
      "travel_blocked",
      "reconfirm_needed",
      "consent_withdrawn",
      "invalid_typed_name",
    ],
  },
  {
    method: "post",
    path: "/bookings/{id}/regime",
    tag,
    summary:
      "Say which travel law a hold falls under, and why, where its `regime` is LEGAL_REVIEW; until then nobody signs it",
    roles: ["coordinator"],
    body: regimeForm,
    answers: { 200: shown },
    refusals: ["forbidden", "illegal_transition"],
  },
  {
    method: "post",
    path: "/bookings/{id}/withdraw",
    tag,
    summary: "Withdraw from contract B within 14 days of signing it; what it costs stands under refund-quote",
    roles: ["patient"],
    body: withdrawForm,
    answers: { 200: shown },
    refusals: ["withdrawal_over", "illegal_transition", "forbidden"],
  },
  {
    method: "post",
    path: "/bookings/{id}/confirm",
    tag,
    summary: "Confirm the date and countersign contract A; with the `slotId` that was seen, no other day",
    roles: ["clinic_manager"],
    body: confirmBookingForm,
    answers: { 200: shown },
    refusals: ["not_paid", "illegal_transition", "forbidden", "day_changed"],
  },
  {
    method: "post",
    path: "/bookings/{id}/complete",
    tag,
    summary: "Say that the trip is over; the discharge says so by itself",
    roles: ["coordinator"],
    answers: { 200: shown },
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/bookings/{id}/cancel",
    tag,
    summary: "End a booking for a cause of the refund rules",
    roles: ["patient", "clinic_manager", "coordinator"],
    body: cancelBookingForm,
    answers: { 200: shown },
    refusals: ["illegal_transition", "invalid_cause", "forbidden", "refund_differs"],
  },
  ...lettersApi,
];
