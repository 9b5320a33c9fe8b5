"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Proof } from "@/lib/bookings/refund-policy";
import { answerForm, refuseAt, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import {
  approvedRefundForm,
  refundIdForm,
  sentRefundForm,
  typedMatchForm,
  typedTransferForm,
} from "@/lib/desk/forms/money";
import { nestedForm } from "@/lib/desk/forms/nested";
import { takeForm } from "@/lib/desk/take-form";
import type { Finance } from "@/lib/kernel/actor";
import { isUuid, newId } from "@/lib/kernel/ids";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import { approveRefund } from "@/lib/payments/approve-refund";
import { confirmExplanation } from "@/lib/payments/confirm-explanation";
import { explainMovement } from "@/lib/payments/explain-movement";
import { explainMovementForm, explanationIdForm, refuseRefundForm } from "@/lib/payments/forms";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { readTransferPaid } from "@/lib/payments/read-transfer-paid";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { refuseExplanation } from "@/lib/payments/refuse-explanation";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import type { RecordedTransfer } from "@/lib/payments/write-transfer";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function approveRefundAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  const read = approvedRefundForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const { refundId, proof } = read.data;
  const approved = await approveRefund(finance, refundId, new Date(), proof);
  if (!approved.ok && approved.reason === "proof_missing") {
    const needed = approved.detail.proof as Proof;
    return refuseAt("proof", form, t(`money.proof.${needed}`));
  }
  if (approved.ok) refresh();
  return answerForm(approved, form, t("money.approved"));
}

export async function refuseRefundAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  return takeForm(
    form,
    refundIdForm.extend(refuseRefundForm.shape),
    "money.refused",
    ({ refundId, reason }) => refuseRefund(finance, refundId, { reason }, new Date()),
  );
}

export async function settleBankRefundAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  return takeForm(form, sentRefundForm, "money.settled", ({ refundId, bankReference }) =>
    settleBankRefund(finance, refundId, new Date(), bankReference),
  );
}

export async function recordTransferAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  // The form carries the name of its entry, so that a second sending of the same page books nothing twice.
  const once = form.get("once");
  const id = typeof once === "string" && isUuid(once) ? once : newId();
  const t = await wordsOf();
  const read = typedTransferForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const recorded = await recordBankTransfer(finance, read.data, new Date(), { id, isAgain: false });
  if (!recorded.ok) return refuseForm(recorded, form);
  refresh();
  return answerForm(recorded, form, await saidOf(finance, recorded.value));
}

/** What became of the money that was written down. */
async function saidOf(finance: Finance, recorded: RecordedTransfer): Promise<string> {
  const t = await wordsOf();
  const items = await getTranslations({ locale: await actionLocale(), namespace: "planItems" });
  const paid = await readTransferPaid(finance, recorded);
  const rest = recorded.restId === null ? "" : ` ${t("money.said.rest")}`;
  if (paid && paid.kind === null) return t("money.said.fee", { number: paid.number }) + rest;
  if (paid) {
    const words = { item: items(paid.kind as "deposit"), number: paid.number };
    return t(paid.isAgain ? "money.said.again" : "money.said.paid", words) + rest;
  }
  if (recorded.paymentId) return t("money.said.surplus");
  const reason = `money.reasons.${recorded.reason}` as "money.reasons.amount_differs";
  return t("money.said.unmatched", { reason: t.has(reason) ? t(reason) : "–" });
}

export async function matchTransferAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  const read = typedMatchForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const matched = await matchBankTransfer(finance, read.data, new Date());
  if (matched.ok) refresh();
  if (!matched.ok) return refuseForm(matched, form);
  if (matched.value.state === "matched") {
    const said = matched.value.restId ? "money.matchedWithRest" : "money.matched";
    return answerForm(matched, form, t(said));
  }
  const reason = `money.reasons.${matched.value.reason}` as "money.reasons.amount_differs";
  return refuseAt("booking", form, t.has(reason) ? t(reason) : t("money.stillUnmatched"));
}

export async function explainMovementAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  return takeForm(form, explainMovementForm, "money.movements.said", (typed) =>
    explainMovement(finance, typed, new Date()),
  );
}

export async function confirmExplanationAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  return takeForm(form, explanationIdForm, "money.movements.confirmed", (typed) =>
    confirmExplanation(finance, typed.explanationId, new Date()),
  );
}

export async function refuseExplanationAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  return takeForm(form, explanationIdForm, "money.movements.refused", (typed) =>
    refuseExplanation(finance, typed.explanationId, new Date()),
  );
}
