"use server";

import { getTranslations } from "next-intl/server";
import { formatMoney } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { requirePatient } from "@/lib/infra/session";
import { postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";
import { billsOfCase } from "@/lib/payments/read-bills";

/** A question about the bill is a message in the patient's own thread, with the line it is about. */
export async function askAboutBillAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "bills.question" });
  const question = form.get("body");
  const read = postMessageForm.safeParse({ body: question });
  if (!read.success) return refuseFields(read.error, form, t("body"));
  const reads = await billsOfCase(patient, caseId);
  const line = reads
    .flatMap(({ mirror, booking }) => mirror.billed.map((one) => ({ ...one, currency: booking.currency })))
    .find((one) => one.id === form.get("line"));
  const sum = line ? formatMoney(line.amountMinor, line.currency, locale) : "";
  const body = line
    ? t("about", { line: line.wording, sum, question: read.data.body })
    : t("aboutWhole", { question: read.data.body });
  const sent = await postMessage(patient, caseId, { ...read.data, body: body.slice(0, 5_000) }, new Date());
  return answerForm(sent, form, t("sent"));
}
