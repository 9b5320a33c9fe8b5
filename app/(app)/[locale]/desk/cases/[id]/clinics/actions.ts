"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { typedValues } from "@/lib/infra/action-answer";
import { requireCoordinator } from "@/lib/infra/session";
import { refuseForm } from "@/lib/desk/answer-form";
import { requestReviewsForm } from "@/lib/reviews/forms";
import { requestReviews } from "@/lib/reviews/request-reviews";

const PREFIX = "clinic.";

export async function sendToClinicsAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "desk.clinics" });
  const values = typedValues(form);
  const clinics = Object.keys(values).flatMap((name) =>
    name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [],
  );
  const read = requestReviewsForm.safeParse({ clinics });
  if (!read.success) return { status: "refused", message: t("pick"), values };
  const asked = await requestReviews(coordinator, caseId, read.data, new Date());
  if (asked.ok) {
    refresh();
    return { status: "done", message: t("sent") };
  }
  const { items, clinics: named } = asked.detail;
  if (asked.reason === "records_missing" && typeof items === "string") {
    return { status: "refused", message: t("missing", { items: await itemWords(items, locale) }), values };
  }
  if (asked.reason === "no_consent" && typeof named === "string") {
    return { status: "refused", message: t("noConsentFor", { clinics: named }), values };
  }
  return refuseForm(asked, form);
}

async function itemWords(items: string, locale: Awaited<ReturnType<typeof actionLocale>>): Promise<string> {
  const t = await getTranslations({ locale, namespace: "records" });
  return items
    .split(", ")
    .map((item) =>
      t.has(`items.${item}.title` as "items.ecg.title")
        ? t(`items.${item}.title` as "items.ecg.title")
        : item,
    )
    .join(", ");
}
