"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { formatWeekday } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseAt } from "@/lib/desk/answer-form";
import { typedValues } from "@/lib/infra/action-answer";
import { requireCoordinator } from "@/lib/infra/session";
import { declineOffer } from "@/lib/logistics/decline-offer";
import { joinWaitingForm } from "@/lib/logistics/forms";
import { joinWaitingList } from "@/lib/logistics/join-waiting-list";
import { leaveWaitingList } from "@/lib/logistics/leave-waiting-list";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "waiting" });

export async function joinWaitingAction(
  estimateId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const locale = await actionLocale();
  const { reason, ...typed } = typedValues(form);
  const read = joinWaitingForm.safeParse({ ...typed, estimateId, ...(reason ? { reason } : {}) });
  if (!read.success) return { status: "refused", message: t("join.check"), values: typedValues(form) };
  const joined = await joinWaitingList(coordinator, read.data, new Date());
  if (!joined.ok && joined.reason === "day_free")
    return refuseAt(
      "fromOn",
      form,
      t("join.dayFree", { day: formatWeekday(`${joined.detail["on"]}`, locale) }),
    );
  if (joined.ok) refresh();
  return answerForm(joined, form, t("desk.joined"));
}

export async function leaveWaitingAction(
  entryId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const left = await leaveWaitingList(coordinator, entryId, new Date());
  if (left.ok) refresh();
  return answerForm(left, form, t("desk.endDone"));
}

export async function declineOfferAction(
  offerId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const declined = await declineOffer(coordinator, offerId, new Date());
  if (declined.ok) refresh();
  return answerForm(declined, form, t("desk.declined"));
}
