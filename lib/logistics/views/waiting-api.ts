import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { bookingSchema } from "@/lib/bookings/views/booking";
import { acceptOfferForm, joinWaitingForm, waitingListForm } from "../forms";
import { waitingSchema } from "./waiting";

const tag = "Waiting list";
const sides = ["patient", "coordinator"];
const entry = { description: "The entry with its offers, newest first.", schema: waitingSchema };

export const waitingApi: ApiOperation[] = [
  {
    method: "get",
    path: "/waiting-list",
    tag,
    summary: "Entries of the waiting list the caller may see, newest first",
    roles: sides,
    query: waitingListForm,
    answers: {
      200: {
        description: "A page.",
        schema: z.object({ items: z.array(waitingSchema), next: z.string().nullable() }),
      },
    },
  },
  {
    method: "post",
    path: "/waiting-list",
    tag,
    summary: "Wait for a day of a centre and treatment, because none in the window is free",
    roles: sides,
    body: joinWaitingForm,
    answers: { 201: entry },
    refusals: [
      "day_free",
      "already_waiting",
      "hold_exists",
      "not_accepted",
      "illegal_transition",
      "travel_blocked",
      "reconfirm_needed",
      "consent_withdrawn",
      "payment_terms_changed",
      "invalid_treatment",
      "invalid_window",
      "forbidden",
    ],
  },
  {
    method: "get",
    path: "/waiting-list/{id}",
    tag,
    summary: "One entry of the waiting list",
    roles: sides,
    answers: { 200: entry },
  },
  {
    method: "post",
    path: "/waiting-list/{id}/leave",
    tag,
    summary: "Leave the list; a day that is kept goes to the next in order",
    roles: sides,
    answers: { 200: entry },
    refusals: ["illegal_transition", "forbidden"],
  },
  {
    method: "post",
    path: "/waiting-offers/{id}/accept",
    tag,
    summary:
      "Take an offered day: it becomes the hold of the whole care plan, or stays kept until its time is over",
    roles: ["patient"],
    body: acceptOfferForm,
    answers: { 201: { description: "The hold; it ends at `holdExpiresAt`.", schema: bookingSchema } },
    refusals: [
      "offer_over",
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
      "invalid_services",
      "twin_services",
    ],
  },
  {
    method: "post",
    path: "/waiting-offers/{id}/decline",
    tag,
    summary: "Decline an offered day: the next in order is offered it at once",
    roles: sides,
    answers: { 200: entry },
    refusals: ["offer_over", "forbidden"],
  },
];
