"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { assignCase } from "@/lib/cases/assign-case";
import { cancelCase } from "@/lib/cases/cancel-case";
import { GIVEN_BACK } from "@/lib/cases/case";
import { changeStage } from "@/lib/cases/change-stage";
import { completeTask } from "@/lib/cases/complete-task";
import { assignCaseForm, cancelCaseForm, changeStageForm, holdCaseForm } from "@/lib/cases/forms";
import { holdCase } from "@/lib/cases/hold-case";
import { takeCase } from "@/lib/cases/take-case";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { taskIdForm } from "@/lib/desk/forms/cases";
import { nestedForm } from "@/lib/desk/forms/nested";
import { takeForm } from "@/lib/desk/take-form";
import { editInvoiceAddress } from "@/lib/documents/edit-invoice-address";
import { invoiceAddressForm } from "@/lib/documents/forms";
import { requireCoordinator } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function takeCaseAction(caseId: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const taken = await takeCase(coordinator, caseId, new Date());
  refresh();
  return answerForm(taken, form, t("case.taken"));
}

export async function moveCaseAction(caseId: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, changeStageForm, "acts.moved", (typed) => {
    const step = typed.to === "submitted" ? { reason: GIVEN_BACK, ...typed } : typed;
    return changeStage(coordinator, caseId, step, new Date());
  });
}

export async function assignCaseAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, assignCaseForm, "acts.assigned", (typed) =>
    assignCase(coordinator, caseId, typed, new Date()),
  );
}

/** A hold ends in the morning of the day that was chosen, before the desk opens. */
const MORNING = "T06:00:00Z";

export async function holdCaseAction(caseId: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const { until, reason } = nestedForm(form);
  const read = holdCaseForm.safeParse({
    reason,
    until: typeof until === "string" ? `${until}${MORNING}` : undefined,
  });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const held = await holdCase(coordinator, caseId, read.data, new Date());
  if (held.ok) refresh();
  return answerForm(held, form, t("acts.held"));
}

export async function editInvoiceAddressAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, invoiceAddressForm, "acts.addressed", (typed) =>
    editInvoiceAddress(coordinator, caseId, typed, new Date()),
  );
}

export async function wakeCaseAction(caseId: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const woken = await holdCase(coordinator, caseId, { until: null }, new Date());
  if (woken.ok) refresh();
  return answerForm(woken, form, t("acts.woken"));
}

export async function cancelCaseAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, cancelCaseForm, "acts.cancelled", (typed) =>
    cancelCase(coordinator, caseId, typed, new Date()),
  );
}

export async function completeTaskAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, taskIdForm, "log.ticked", (typed) =>
    completeTask(coordinator, typed.taskId, new Date()),
  );
}
