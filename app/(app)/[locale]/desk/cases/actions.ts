"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { type CaseFilters, saveViewForm, viewIdForm } from "@/lib/cases/forms";
import { assignCase } from "@/lib/cases/assign-case";
import { removeView } from "@/lib/cases/remove-view";
import { takeCase } from "@/lib/cases/take-case";
import { saveView } from "@/lib/cases/save-view";
import { answerForm, refuseAt, refuseFields } from "@/lib/desk/answer-form";
import { type ManyCasesForm, manyCasesForm } from "@/lib/desk/forms/cases";
import { nestedForm } from "@/lib/desk/forms/nested";
import { caseNumbersOf } from "@/lib/desk/queries/cases";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireCoordinator } from "@/lib/infra/session";
import type { Coordinator } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function saveViewAction(
  filters: CaseFilters,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const { name = "" } = nestedForm(form);
  const read = saveViewForm.safeParse({ name, filters });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await saveView(coordinator, read.data, new Date());
  if (saved.ok) refresh();
  return answerForm(saved, form, t("views.kept"));
}

export async function removeViewAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = viewIdForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const removed = await removeView(coordinator, read.data.viewId);
  refresh();
  return answerForm(removed, form, t("views.forgotten"));
}

/** The chosen rows, one after the other; what one refuses does not keep the others. */
export async function manyCasesAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const { act, coordinatorId } = nestedForm(form);
  const read = manyCasesForm.safeParse({ act, coordinatorId, caseIds: form.getAll("caseId") });
  if (!read.success) {
    const isRow = read.error.issues.some(({ path }) => path[0] === "caseIds");
    return isRow
      ? { status: "refused", message: t("cases.noneChosen") }
      : refuseAt("coordinatorId", form, t("cases.noColleague"));
  }
  const left: string[] = [];
  const numbers = await caseNumbersOf(coordinator, read.data.caseIds);
  for (const id of read.data.caseIds) {
    const outcome = await changeOwner(coordinator, id, read.data);
    if (!outcome.ok)
      left.push(`${numbers.get(id) ?? "–"}: ${await refusalWords(await actionLocale(), outcome)}`);
  }
  refresh();
  const done = read.data.caseIds.length - left.length;
  if (left.length > 0)
    return { status: "refused", message: t("cases.manyLeft", { done, left: left.join(" · ") }) };
  const told = read.data.act === "take" ? "cases.takenMany" : "cases.handedMany";
  return { status: "done", message: t(told, { count: done }) };
}

function changeOwner(coordinator: Coordinator, id: string, asked: ManyCasesForm): Promise<Outcome<unknown>> {
  const now = new Date();
  return asked.act === "take"
    ? takeCase(coordinator, id, now)
    : assignCase(coordinator, id, { coordinatorId: asked.coordinatorId }, now);
}
