"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { formatDay } from "@/components/ui/format";
import { actionLocale } from "@/i18n/action-locale";
import { setCapacity } from "@/lib/bookings/set-capacity";
import { refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { cellName, readCapacity } from "@/lib/desk/forms/capacity";
import { requireClinicManager } from "@/lib/infra/session";
import { typedValues } from "@/lib/infra/action-answer";

export async function setCapacityAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "cabinet" });
  const { count, read } = readCapacity(form);
  if (count === 0) return { status: "refused", message: t("capacity.nothing") };
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await setCapacity(manager, read.data, new Date());
  if (saved.ok) {
    refresh();
    return { status: "done", message: t("capacity.saved") };
  }
  const { on, treatment } = saved.detail;
  if (saved.reason !== "capacity_below_taken" || typeof on !== "string") return refuseForm(saved, form);
  const message = t("capacity.belowTaken", { on: formatDay(on, locale) });
  return {
    status: "refused",
    message,
    errors: { [cellName(on, String(treatment))]: message },
    values: typedValues(form),
  };
}
