"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { deliverServiceForm, withdrawMarkForm } from "@/lib/bookings/forms";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { withdrawMark } from "@/lib/payments/withdraw-mark";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import {
  readNewRide,
  readNewSupply,
  readNewTalk,
  readNewVisa,
  readKeptCost,
  readRideChange,
  readSendingChange,
  readSupplyChange,
  readTalkChange,
  typedEventForm,
} from "@/lib/desk/forms/journey";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireCoordinator } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { createAssignment } from "@/lib/logistics/create-assignment";
import { createShipment } from "@/lib/logistics/create-shipment";
import { createTransfer } from "@/lib/logistics/create-transfer";
import { createVisa } from "@/lib/logistics/create-visa";
import { editAssignment } from "@/lib/logistics/edit-assignment";
import { editShipment } from "@/lib/logistics/edit-shipment";
import { editTransfer } from "@/lib/logistics/edit-transfer";
import { editVisa } from "@/lib/logistics/edit-visa";
import { editVisaForm } from "@/lib/logistics/forms";
import { moveAssignment } from "@/lib/logistics/move-assignment";
import { moveShipment } from "@/lib/logistics/move-shipment";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { moveVisa } from "@/lib/logistics/move-visa";
import { supplierPage } from "@/lib/logistics/read-supplier-job";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "journey" });

type Read<T> = { success: true; data: T } | { success: false; error: z.ZodError };

/** Reads the form, does it, and shows how the part stands now; a refusal shows it, too, when somebody was faster. */
async function act<T, R>(
  form: FormData,
  read: Read<T>,
  work: (data: T) => Promise<Outcome<R>>,
  said?: (done: R) => string | null,
): Promise<FormState> {
  const t = await wordsOf();
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const outcome = await work(read.data);
  const isStale = !outcome.ok && outcome.reason === "illegal_transition";
  if (outcome.ok || isStale) refresh();
  const answer = await answerForm(outcome, form, (outcome.ok && said?.(outcome.value)) || t("saved"));
  if (outcome.ok || answer.status !== "refused") return answer;
  if (isStale) return { ...answer, message: t("stale") };
  const { why } = outcome.detail;
  if (outcome.reason !== "supply_blocked" || typeof why !== "string") return answer;
  return { ...answer, message: t(`blocked.${why as "rule_stale"}`) };
}

/** The address of a driver or an interpreter stands in the answer once, and nowhere else. */
async function linkWords(kind: "ride" | "talk") {
  const t = await wordsOf();
  const locale = await actionLocale();
  return ({ linkToken }: { linkToken: string | null }) =>
    linkToken === null ? null : t(`linkOnce.${kind}`, { link: supplierPage(linkToken, locale) });
}

function known(id: string, work: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
  return isUuid(id) ? work() : Promise.resolve(refused("not_found"));
}

export async function createRideAction(
  bookingId: string,
  zone: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readNewRide(nestedForm(form), bookingId, zone), (data) =>
    createTransfer(coordinator, data),
  );
}

export async function editRideAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readRideChange(nestedForm(form)), (data) =>
    known(id, () => editTransfer(coordinator, id, data)),
  );
}

export async function moveRideAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  if (!isUuid(id)) return answerForm(refused("not_found"), form, "");
  return act(
    form,
    typedEventForm.safeParse(nestedForm(form)),
    ({ event, said }) => moveTransfer(coordinator, id, event, said, new Date()),
    await linkWords("ride"),
  );
}

export async function createTalkAction(
  bookingId: string,
  zone: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readNewTalk(nestedForm(form), bookingId, zone), (data) =>
    createAssignment(coordinator, data),
  );
}

export async function editTalkAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readTalkChange(nestedForm(form)), (data) =>
    known(id, () => editAssignment(coordinator, id, data)),
  );
}

export async function moveTalkAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  if (!isUuid(id)) return answerForm(refused("not_found"), form, "");
  return act(
    form,
    typedEventForm.safeParse(nestedForm(form)),
    ({ event, said }) => moveAssignment(coordinator, id, event, said, new Date()),
    await linkWords("talk"),
  );
}

export async function createSupplyAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readNewSupply(nestedForm(form), bookingId), (data) =>
    createShipment(coordinator, data, new Date()),
  );
}

export async function editSupplyAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readSupplyChange(nestedForm(form)), (data) =>
    known(id, () => editShipment(coordinator, id, data)),
  );
}

export async function editSendingAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readSendingChange(nestedForm(form)), (data) =>
    known(id, () => editShipment(coordinator, id, data)),
  );
}

export async function moveSupplyAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, typedEventForm.safeParse(nestedForm(form)), ({ event, said }) =>
    known(id, () => moveShipment(coordinator, id, event, said, new Date())),
  );
}

export async function createVisaAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readNewVisa(nestedForm(form), caseId), (data) => createVisa(coordinator, data));
}

export async function editVisaAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, editVisaForm.safeParse({ note: "", ...nestedForm(form) }), (data) =>
    known(id, () => editVisa(coordinator, id, data)),
  );
}

export async function moveVisaAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, typedEventForm.safeParse(nestedForm(form)), ({ event, said }) =>
    known(id, () => moveVisa(coordinator, id, event, said, new Date())),
  );
}

export async function deliverServiceAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, deliverServiceForm.safeParse(nestedForm(form)), (typed) =>
    recordDelivery(coordinator, typed, new Date()),
  );
}

export async function keepCostAction(
  currency: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, readKeptCost(form, currency), (typed) => recordKeptCost(coordinator, typed, new Date()));
}

export async function withdrawMarkAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return act(form, withdrawMarkForm.safeParse(nestedForm(form)), (typed) =>
    withdrawMark(coordinator, typed, new Date()),
  );
}
