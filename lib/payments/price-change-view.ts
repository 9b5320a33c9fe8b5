import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import {
  CHANGE_REASONS,
  CHANGE_STATES,
  isAboveCeiling,
  kindOf,
  shownState,
} from "@/lib/bookings/price-change";
import { moneySchema } from "@/lib/estimates/views";
import {
  acceptChangeForm,
  changeListForm,
  declineChangeForm,
  proposeChangeForm,
  proveChangeForm,
} from "./forms";
import type { ChangeOrderRead } from "./read-change-orders";

const at = z.string();

const lineSchema = z.object({
  id: z.uuid(),
  lineId: z.uuid().describe("As the booking's services name it."),
  what: z.enum(["added", "dearer", "cheaper", "dropped"]),
  kind: z.string(),
  label: z.string().nullable(),
  quantity: z.number(),
  unit: z.string(),
  device: z.string().nullable(),
  from: moneySchema,
  to: moneySchema,
  cause: z.string(),
});

export const changeOrderSchema = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  bookingNumber: z.string(),
  caseId: z.uuid(),
  version: z.int(),
  contract: z.enum(["A", "B"]),
  state: z.enum(CHANGE_STATES),
  reason: z.enum(CHANGE_REASONS),
  explanation: z.string(),
  author: z.object({ role: z.string(), name: z.string() }),
  from: moneySchema.describe("All of the contract before."),
  to: moneySchema.describe("All of the contract afterwards."),
  ceiling: moneySchema.describe("The most the patient had accepted for the contract."),
  aboveCeiling: z.boolean().describe("More than that: accepting says so apart."),
  hash: z.string(),
  lines: z.array(lineSchema),
  effect: z
    .object({ instalment: moneySchema, lowered: moneySchema, refund: moneySchema })
    .nullable()
    .describe("A new instalment, less to pay, money back: what it does or did to the payment plan."),
  paidToHospital: z.boolean().describe("The hospital is paid on its own invoice: the plan here stays."),
  emergency: z
    .object({ happenedAt: at, doctor: z.string(), reason: z.string(), provenAt: at.nullable() })
    .nullable(),
  proposedAt: at,
  expiresAt: at.nullable(),
  answeredAt: at.nullable(),
  answeredRole: z.string().nullable(),
  typedName: z.string().nullable(),
  declineReason: z.string().nullable(),
});
export type ChangeOrderView = z.output<typeof changeOrderSchema>;

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A change as its reader sees it; one past its time is shown as what it is, before the sweeper has said so. */
export function changeOrderView(order: ChangeOrderRead, now: Date): ChangeOrderView {
  const { currency, booking, effect } = order;
  const money = (amountMinor: bigint) => moneyView(amountMinor, currency);
  return {
    ...{ id: order.id, bookingId: order.bookingId, bookingNumber: booking.number, caseId: order.caseId },
    ...{ version: order.version, contract: order.contract, explanation: order.explanation, hash: order.hash },
    state: shownState(order.state, order.expiresAt, now),
    reason: reasonOf(order.reason),
    author: { role: order.authorRole, name: order.authorName },
    ...{ from: money(order.fromMinor), to: money(order.toMinor), ceiling: money(order.ceilingMinor) },
    aboveCeiling: isAboveCeiling(order),
    lines: order.lines.map((line) => lineView(line, currency)),
    effect: effect && {
      instalment: money(effect.instalmentMinor),
      lowered: money(effect.loweredMinor),
      refund: money(effect.refundMinor),
    },
    paidToHospital: order.contract === "A" && booking.contractAMode === "direct",
    emergency: emergencyView(order),
    ...{ proposedAt: order.proposedAt.toISOString(), expiresAt: iso(order.expiresAt) },
    ...{ answeredAt: iso(order.answeredAt), answeredRole: order.answeredRole },
    ...{ typedName: order.typedName, declineReason: order.declineReason },
  };
}

function lineView(line: ChangeOrderRead["lines"][number], currency: string): z.output<typeof lineSchema> {
  const { id, service, kind, label, unit, device, cause, fromMinor, toMinor } = line;
  return {
    ...{ id, kind, label, unit, device, cause },
    lineId: service?.lineId ?? service?.changeLineId ?? id,
    what: kindOf(line),
    quantity: Number(line.quantity),
    from: moneyView(fromMinor, currency),
    to: moneyView(toMinor, currency),
  };
}

function reasonOf(text: string) {
  return CHANGE_REASONS.find((reason) => reason === text) ?? "other";
}

function emergencyView({ happenedAt, emergencyDoctor, emergencyReason, provenAt }: ChangeOrderRead) {
  if (!happenedAt || !emergencyDoctor || !emergencyReason) return null;
  return {
    ...{ happenedAt: happenedAt.toISOString(), doctor: emergencyDoctor, reason: emergencyReason },
    provenAt: iso(provenAt),
  };
}

const tag = "Change orders";
const shown = { description: "The change.", schema: changeOrderSchema };
const readers = ["patient", "clinic", "coordinator", "finance"];

/** Changes of what is booked: nothing rises in price before the patient has said yes. */
export const changeOrdersApi: ApiOperation[] = [
  {
    method: "get",
    path: "/change-orders",
    tag,
    summary: "The changes of a booking or a case, the newest first",
    roles: readers,
    query: changeListForm,
    answers: {
      200: {
        description: "All of them.",
        schema: z.object({ items: z.array(changeOrderSchema), next: z.null() }),
      },
    },
  },
  {
    method: "post",
    path: "/change-orders",
    tag,
    summary:
      "Propose a change of what is booked; with `emergency`, write down what was done because the patient could not be asked",
    roles: ["clinic", "coordinator"],
    body: proposeChangeForm,
    answers: { 201: shown },
    refusals: [
      ...["change_waiting", "change_above_ceiling", "changes_regime", "line_delivered", "part_still_booked"],
      ...[
        "invalid_contract",
        "invalid_line",
        "invalid_fee",
        "invalid_same_sum",
        "invalid_device",
        "invalid_twin",
      ],
      ...["illegal_transition", "forbidden", "account_closed"],
    ],
  },
  {
    method: "get",
    path: "/change-orders/{id}",
    tag,
    summary: "One change with old and new sums and what it does to the payment plan",
    roles: readers,
    answers: { 200: shown },
  },
  {
    method: "post",
    path: "/change-orders/{id}/accept",
    tag,
    summary: "Agree to the change named by its hash, with a typed name",
    roles: ["patient"],
    body: acceptChangeForm,
    answers: { 200: shown },
    refusals: [
      ...["not_proposed", "change_expired", "change_differs", "change_stale", "change_overtaken"],
      ...[
        "change_being_paid",
        "payment_disputed",
        "invalid_typed_name",
        "invalid_above_ceiling",
        "travel_blocked",
        "illegal_transition",
        "forbidden",
      ],
    ],
  },
  {
    method: "post",
    path: "/change-orders/{id}/decline",
    tag,
    summary: "Say no, or take back what was proposed; what was agreed stands",
    roles: ["patient", "clinic", "coordinator"],
    body: declineChangeForm,
    answers: { 200: shown },
    refusals: ["not_proposed", "forbidden"],
  },
  {
    method: "post",
    path: "/change-orders/{id}/prove",
    tag,
    summary: "Confirm an emergency by the centre's letter among the records; from then on it counts",
    roles: ["coordinator"],
    body: proveChangeForm,
    answers: { 200: shown },
    refusals: [
      "own_work",
      "not_emergency",
      "invalid_record",
      "change_stale",
      "change_overtaken",
      "payment_disputed",
      "change_being_paid",
      "forbidden",
    ],
  },
];
