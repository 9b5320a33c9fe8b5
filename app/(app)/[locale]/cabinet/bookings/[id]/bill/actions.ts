"use server";

import type { FormState } from "@/components/ui/form-state";
import { takeBill, takeMatch } from "@/lib/desk/take-bill";
import { requireClinicManager } from "@/lib/infra/session";

export async function recordBillAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeBill(await requireClinicManager(), bookingId, form);
}

export async function matchBillsAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeMatch(await requireClinicManager(), bookingId, form);
}
