"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireAnyOf } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { addResource } from "@/lib/logistics/add-resource";
import { editResource } from "@/lib/logistics/edit-resource";
import { editSupplier } from "@/lib/logistics/edit-supplier";
import { restoreResource } from "@/lib/logistics/restore-resource";
import { restoreSupplier } from "@/lib/logistics/restore-supplier";
import { retireResource } from "@/lib/logistics/retire-resource";
import { retireSupplier } from "@/lib/logistics/retire-supplier";
import {
  addResourceForm,
  editResourceForm,
  editSupplierForm,
  retireForm,
} from "@/lib/logistics/supplier-form";

/** The address of the page stands in the action too, where a browser can change it. */
function known(id: string): string {
  if (!isUuid(id)) notFound();
  return id;
}

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "suppliers" });

export async function editSupplierAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await wordsOf();
  const read = editSupplierForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const edited = await editSupplier(admin, known(id), read.data, new Date());
  refresh();
  return answerForm(edited, form, t("saved"));
}

export async function retireSupplierAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await wordsOf();
  const read = retireForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const retired = await retireSupplier(admin, known(id), read.data, new Date());
  refresh();
  if (!retired.ok) return refuseForm(retired, form);
  return { status: "done", message: t("retire.done", { count: retired.value.staying }) };
}

export async function restoreSupplierAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const restored = await restoreSupplier(admin, known(id), new Date());
  refresh();
  return answerForm(restored, form, (await wordsOf())("restore.done"));
}

export async function addResourceAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await wordsOf();
  const read = addResourceForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const added = await addResource(admin, known(id), read.data, new Date());
  if (added.ok) refresh();
  return answerForm(added, form, t("person.added"));
}

export async function editResourceAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await wordsOf();
  const read = editResourceForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const edited = await editResource(admin, known(id), read.data, new Date());
  refresh();
  return answerForm(edited, form, t("person.saved"));
}

export async function retireResourceAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const retired = await retireResource(admin, known(id), new Date());
  refresh();
  if (!retired.ok) return refuseForm(retired, form);
  const t = await wordsOf();
  return { status: "done", message: t("retire.done", { count: retired.value.staying }) };
}

export async function restoreResourceAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const restored = await restoreResource(admin, known(id), new Date());
  refresh();
  return answerForm(restored, form, (await wordsOf())("person.restored"));
}
