import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { pageForm } from "@/lib/cases/page";
import { moneySchema } from "@/lib/estimates/views";
import { PAYEE_ACCOUNT_STATES } from "./payee";
import { accountIdForm, payeeAccountForm, whyNoAccountForm } from "./payee-form";
import type { PayeeAccountRow } from "./read-payee-accounts";
import type { ReleaseRow } from "./read-releases";
import { EVIDENCES, payableOf, RELEASE_STATES } from "./release";

const at = z.string();
const by = z.object({ name: z.string(), at });

const accountSchema = z.object({
  id: z.uuid(),
  state: z.enum(PAYEE_ACCOUNT_STATES),
  holder: z.string().describe("The legal name the bank has it in."),
  number: z.string().describe("An IBAN, or the number of an account where there are none."),
  bic: z.string().nullable(),
  source: z.string().describe("Where it was learnt, and how it was made sure."),
  proposed: by,
  answered: by.nullable(),
  refusedReason: z.string().nullable(),
  replacedAt: at.nullable(),
});

const cameBackSchema = z
  .object({ at, reason: z.string() })
  .nullable()
  .describe("Set where the last payment to this very account came back from the bank: when, and why.");

const proofSchema = z.object({
  by: z.string().nullable(),
  byRole: z.string().nullable().describe("`link_holder`: through the supplier's own link."),
  at: at.nullable(),
  doer: z.string().nullable().describe("Who drove or interpreted."),
  note: z.string().nullable(),
  minutes: z.int().nullable(),
  documents: z
    .array(z.object({ id: z.uuid(), number: z.string(), content: z.string() }))
    .describe("The originals it rests on, and where each is read."),
});

export const releaseSchema = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  bookingNumber: z.string(),
  caseId: z.uuid(),
  contract: z.enum(["A", "B"]),
  state: z.enum(RELEASE_STATES),
  payee: z.string(),
  legalName: z.string(),
  amount: moneySchema.describe("What the patient paid for it: it leaves the money held, tax and all."),
  tax: moneySchema.describe("What of the amount is tax, which the operator owes the tax office."),
  payable: moneySchema.describe("What the bank sends to the payee: the amount less the tax."),
  lines: z.array(
    z.object({
      serviceId: z.uuid(),
      kind: z.string(),
      amount: moneySchema,
      tax: moneySchema,
      deliveredAt: at,
      evidence: z.enum(EVIDENCES),
      proof: proofSchema.nullable(),
    }),
  ),
  proposedById: z.uuid(),
  proposed: by,
  approved: by.nullable(),
  paidAt: at.nullable(),
  bankReference: z.string().nullable(),
  refusedReason: z.string().nullable(),
  account: accountSchema
    .nullable()
    .describe("Where it goes: of a proposal the confirmed account, later the one it was approved for."),
  cameBack: cameBackSchema,
  accountNow: accountSchema.nullable().describe("The confirmed account, where it was changed since."),
  accountWaits: accountSchema
    .nullable()
    .describe("Waits for its second person; nothing is approved meanwhile."),
});

export function releaseView(row: ReleaseRow): z.output<typeof releaseSchema> {
  const { id, bookingId, bookingNumber, caseId, contract, state, payee, legalName, proposedById } = row;
  const money = (minor: bigint) => moneyView(minor, row.currency);
  return {
    ...{ id, bookingId, bookingNumber, caseId, contract, state, payee, legalName, proposedById },
    ...{ amount: money(row.amountMinor), tax: money(row.taxMinor), payable: money(payableOf(row)) },
    lines: row.lines.map((line) => ({
      ...{
        serviceId: line.serviceId,
        kind: line.kind,
        evidence: line.evidence as (typeof EVIDENCES)[number],
      },
      ...{ amount: money(line.amountMinor), tax: money(line.taxMinor) },
      deliveredAt: line.deliveredAt.toISOString(),
      proof: line.proof && {
        ...line.proof,
        at: line.proof.at?.toISOString() ?? null,
        documents: line.proof.documents.map((one) => ({
          ...one,
          content: `/api/v1/bills/${one.id}/content`,
        })),
      },
    })),
    proposed: { name: row.proposedBy, at: row.proposedAt.toISOString() },
    approved: byView(row.approvedBy, row.approvedAt),
    ...{ bankReference: row.bankReference, refusedReason: row.refusedReason },
    paidAt: row.paidAt?.toISOString() ?? null,
    account: accountView(row.account),
    cameBack: row.cameBack && { at: row.cameBack.at.toISOString(), reason: row.cameBack.reason },
    accountNow: accountView(row.accountNow),
    accountWaits: accountView(row.accountWaits),
  };
}

function accountView(row: PayeeAccountRow | null): z.output<typeof accountSchema> | null {
  if (!row) return null;
  const { id, state, holder, number, bic, source, refusedReason } = row;
  return {
    ...{ id, state, holder, number, bic, source, refusedReason },
    proposed: { name: row.proposedBy, at: row.proposedAt.toISOString() },
    answered: byView(row.answeredBy, row.answeredAt),
    replacedAt: row.replacedAt?.toISOString() ?? null,
  };
}

function byView(name: string | null, when: Date | null): z.output<typeof by> | null {
  return name !== null && when ? { name, at: when.toISOString() } : null;
}

export const releaseListForm = z.object({
  ...pageForm,
  of: z.enum(["waiting", "ended"]).default("waiting"),
});

const account = z.object({ id: z.uuid() });
const tag = "Payments";
const roles = ["finance"] as const;
const made = { description: "The account.", schema: account };

/** What goes to centres and suppliers, what proves it, and the accounts it goes to. */
export const releasesApi: ApiOperation[] = [
  {
    ...{ method: "get", path: "/releases", tag, roles: [...roles], query: releaseListForm },
    summary: "Releases that wait for somebody, the oldest first; or those that ended, the newest first",
    answers: {
      200: {
        description: "A page of releases, with their evidence and the accounts of their payees.",
        schema: z.object({ items: z.array(releaseSchema), next: z.string().nullable() }),
      },
    },
  },
  {
    ...{ method: "post", path: "/releases/{id}/approve", tag, roles: [...roles] },
    summary: "Approve somebody else's proposal for the account that was shown",
    body: accountIdForm,
    answers: {
      200: {
        description: "Approved; it is owed now.",
        schema: account.extend({ cameBack: cameBackSchema }),
      },
    },
    refusals: [
      ...["same_person", "illegal_transition", "release_stale", "held_too_little", "step_up_required"],
      ...["no_payee_account", "payee_account_waits", "payee_account_changed"],
    ],
  },
  {
    ...{ method: "post", path: "/releases/{id}/account", tag, roles: [...roles], body: payeeAccountForm },
    summary: "Write down where its payee is paid from now on; another person confirms it first",
    answers: { 201: made },
    refusals: ["payee_account_waits", "payee_account_known", "step_up_required"],
  },
  {
    ...{ method: "post", path: "/payee-accounts/{id}/confirm", tag, roles: [...roles] },
    summary: "Confirm an account somebody else wrote down; it takes the place of the one before",
    answers: { 200: made },
    refusals: ["same_person", "illegal_transition", "step_up_required"],
  },
  {
    ...{ method: "post", path: "/payee-accounts/{id}/refuse", tag, roles: [...roles] },
    summary: "Refuse an account that waits, or take one's own back",
    body: whyNoAccountForm,
    answers: { 200: made },
    refusals: ["illegal_transition"],
  },
];
