import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { accountForm, confirmMonthForm, monthForm } from "./forms";
import { LEDGER_ACCOUNTS } from "./ledger";
import type { AccountStatement } from "./read-account";
import type { ClosingsPage } from "./read-closing";

const at = z.string();

export const accountSchema = z.object({
  account: z.enum(LEDGER_ACCOUNTS),
  currency: z.string(),
  opening: moneySchema.describe("What the account stood at before the first entry of this page."),
  items: z.array(
    z.object({
      id: z.uuid(),
      at,
      kind: z.string(),
      reference: z.string(),
      memo: z.string(),
      bookingId: z.uuid().nullable(),
      contract: z.enum(["A", "B"]).nullable(),
      amount: moneySchema,
      balance: moneySchema.describe("What the account stood at after this entry."),
    }),
  ),
  next: z.string().nullable(),
});

export function accountView(statement: AccountStatement): z.output<typeof accountSchema> {
  const { account, currency, openingMinor, rows, next } = statement;
  return {
    ...{ account, currency, next },
    opening: moneyView(openingMinor, currency),
    items: rows.map(({ amountMinor, balanceMinor, at: bookedAt, ...row }) => ({
      ...row,
      at: bookedAt.toISOString(),
      amount: moneyView(amountMinor, currency),
      balance: moneyView(balanceMinor, currency),
    })),
  };
}

const closingState = z.enum(["proposed", "closed"]);

export const closingsSchema = z.object({
  items: z.array(
    z.object({
      month: z.string(),
      state: closingState,
      hash: z.string().describe("Of the month's trial balance and of the hash of the month before."),
      proposedAt: at,
      closedAt: at.nullable(),
    }),
  ),
  next: z.null(),
  toClose: z
    .object({
      month: z.string(),
      hindrances: z.array(z.object({ kind: z.string(), title: z.string(), at })),
    })
    .nullable()
    .describe("The month that comes next and what is to be explained first; null while it runs."),
  running: z.string(),
});

export function closingsView({ closings, next, running }: ClosingsPage): z.output<typeof closingsSchema> {
  return {
    items: closings.map(({ month, state, hash, proposedAt, closedAt }) => ({
      ...{ month, state, hash, proposedAt: proposedAt.toISOString() },
      closedAt: closedAt?.toISOString() ?? null,
    })),
    next: null,
    toClose: next && {
      month: next.month,
      hindrances: next.hindrances.map(({ kind, title, at: since }) => ({
        ...{ kind, title, at: since.toISOString() },
      })),
    },
    running,
  };
}

export const closedSchema = z.object({ month: z.string(), hash: z.string() });

const ofBooks = { tag: "Payments", roles: ["finance"] } satisfies Partial<ApiOperation>;
const REFUSED = ["month_out_of_order", "month_unexplained", "step_up_required"];

export const booksApi: ApiOperation[] = [
  {
    ...ofBooks,
    method: "get",
    path: "/ledger/statement",
    summary: "One account in one currency, oldest entry first, each with the balance after it",
    query: accountForm,
    answers: { 200: { description: "A page of entries.", schema: accountSchema } },
  },
  {
    ...ofBooks,
    method: "get",
    path: "/ledger/closings",
    summary: "Months of the ledger that were closed or are proposed, and the one that comes next",
    answers: { 200: { description: "The newest first.", schema: closingsSchema } },
  },
  {
    ...ofBooks,
    method: "post",
    path: "/ledger/closings",
    summary: "Propose to close a month with its trial balance as it stands",
    body: monthForm,
    answers: { 200: { description: "Proposed; somebody else confirms this hash.", schema: closedSchema } },
    refusals: ["month_runs", ...REFUSED],
  },
  {
    ...ofBooks,
    method: "post",
    path: "/ledger/closings/confirm",
    summary: "Close a month somebody else proposed, for good",
    body: confirmMonthForm,
    answers: { 200: { description: "Closed.", schema: closedSchema } },
    refusals: ["same_person", "closing_stale", ...REFUSED],
  },
];
