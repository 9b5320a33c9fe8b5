"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireAnyOf } from "@/lib/infra/session";
import { changeRoles } from "@/lib/people/change-roles";
import { closeDoors } from "@/lib/people/close-doors";
import { changeRolesForm, removeFactorsForm } from "@/lib/people/forms";
import { removeFactors } from "@/lib/people/remove-factors";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "staff" });

export async function changeRolesAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  const read = changeRolesForm.safeParse({ roles: [], ...nestedForm(form) });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const changed = await changeRoles(admin, id, read.data.roles, new Date());
  if (changed.ok) refresh();
  return answerForm(changed, form, t("change.done"));
}

export async function signOutStaffAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await wordsOf();
  const closed = await closeDoors(admin, id, new Date());
  if (!closed.ok) return refuseForm(closed, form);
  refresh();
  return { status: "done", message: t("signOut.done", { ...closed.value }) };
}

export async function removeFactorsAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  const read = removeFactorsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const removed = await removeFactors(admin, id, read.data, new Date());
  if (removed.ok) refresh();
  return answerForm(removed, form, t("remove.done"));
}
