"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireAnyOf } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import type { Refused } from "@/lib/kernel/outcome";
import { changeRoles } from "@/lib/people/change-roles";
import { closeDoors } from "@/lib/people/close-doors";
import { changeRolesForm, removeFactorsForm } from "@/lib/people/forms";
import { removeFactors } from "@/lib/people/remove-factors";

/** The address of the page stands in the action too, where a browser can change it. */
function known(id: string): string {
  if (!isUuid(id)) notFound();
  return id;
}

/** Without what was ticked: the boxes show what holds now, because it was ticked for other roles. */
async function told(refusal: Refused): Promise<FormState> {
  const message = await refusalWords(await actionLocale(), refusal);
  return { status: "refused", code: refusal.reason, message };
}

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "staff" });

export async function changeRolesAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  // A form of ours says what it showed; somebody may have held no role at all.
  const read = changeRolesForm.required().safeParse({ roles: [], seen: [], ...nestedForm(form) });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const changed = await changeRoles(admin, known(id), read.data, new Date());
  const isStale = !changed.ok && changed.reason === "stale_roles";
  if (changed.ok || isStale) refresh();
  if (isStale) return told(changed);
  return answerForm(changed, form, t("change.done"));
}

export async function signOutStaffAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  const closed = await closeDoors(admin, known(id), new Date());
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
  const removed = await removeFactors(admin, known(id), read.data, new Date());
  if (removed.ok) refresh();
  return answerForm(removed, form, t("remove.done"));
}
