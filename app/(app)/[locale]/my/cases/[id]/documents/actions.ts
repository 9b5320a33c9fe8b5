"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm } from "@/lib/desk/answer-form";
import { editInvoiceAddress } from "@/lib/documents/edit-invoice-address";
import { invoiceAddressForm } from "@/lib/documents/forms";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { requirePatient } from "@/lib/infra/session";

export async function editInvoiceAddressAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "invoices.address" });
  const parsed = await parseForm(invoiceAddressForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const edited = await editInvoiceAddress(patient, caseId, parsed.value, new Date());
  if (edited.ok) refresh();
  return answerForm(edited, form, t(parsed.value.lines === "" ? "removed" : "saved"));
}
