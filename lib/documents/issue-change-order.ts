import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { CHANGE_REASONS, isAboveCeiling } from "@/lib/bookings/price-change";
import { asPerson } from "@/lib/infra/db";
import { type ChangeOrderFacts, readChangeOrder } from "@/lib/payments/read-change-orders";
import { isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import { issueDocument, type IssuedDocument } from "./issue-document";
import { priceChangeBody, type PriceChangeFacts } from "./price-change-paper";

/** A change that counts as a paper to keep, in the patient's language; issued once. */
export async function issueChangeOrder(
  system: System,
  changeOrderId: string,
  now: Date,
): Promise<Outcome<IssuedDocument, "not_found">> {
  const read = await asPerson(system, async (tx) => {
    const order = await readChangeOrder(tx, system, changeOrderId);
    const patient = order && { id: order.booking.patientId };
    return {
      order,
      person: patient && (await tx.person.findUnique({ where: patient, select: { locale: true } })),
    };
  });
  const { order, person } = read;
  const answer = order && answerOf(order);
  if (!order || !answer) return refused("not_found");
  const language = person && isLocale(person.locale) ? person.locale : "en";
  const messages = messagesOf(language);
  const kinds: Record<string, string> = messages.lineKinds;
  const { caseId, bookingId, contract, version, explanation, currency, hash } = order;
  const facts: PriceChangeFacts = {
    ...{ contract, version, explanation, currency, hash, answer, bookingNumber: order.booking.number },
    ...{ fromMinor: order.fromMinor, toMinor: order.toMinor, ceilingMinor: order.ceilingMinor },
    reason: CHANGE_REASONS.find((reason) => reason === order.reason) ?? "other",
    lines: order.lines.map(({ label, kind, fromMinor, toMinor, cause }) => ({
      ...{ name: label ?? kinds[kind] ?? kind, fromMinor, toMinor, cause },
    })),
  };
  const body = priceChangeBody(facts, messages.changeOrders, language);
  const wish = { kind: "change_order" as const, subjectId: order.id, caseId, bookingId, language, body };
  return done(await issueDocument(system, wish, now));
}

function answerOf(order: ChangeOrderFacts): PriceChangeFacts["answer"] | null {
  const moment = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const { state, typedName, answeredAt, provenAt, happenedAt, emergencyDoctor } = order;
  if (state === "accepted" && typedName && answeredAt)
    return { kind: "agreed", name: typedName, at: moment(answeredAt), isAboveCeiling: isAboveCeiling(order) };
  if (provenAt && happenedAt && emergencyDoctor)
    return { kind: "proven", doctor: emergencyDoctor, happened: moment(happenedAt), at: moment(provenAt) };
  return null;
}
