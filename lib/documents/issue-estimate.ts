import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { euroRates, keptRatesSchema } from "@/lib/estimates/kept-rates";
import { readEstimate } from "@/lib/estimates/queries";
import { homeCurrency } from "@/lib/guides/home-currency";
import { estimatePlansView } from "@/lib/logistics/views/estimate-plan";
import { messagesOf } from "@/i18n/messages";
import { patientOf } from "./announce-document";
import { ownRuleOf } from "@/lib/estimates/line-rule";
import { estimateBody } from "./estimate-paper";
import { issueDocument, type IssuedDocument } from "./issue-document";

/** A sent estimate as a paper in the patient's language; the mail that an estimate is there goes out when it is sent. */
export async function issueEstimatePdf(
  system: System,
  estimateId: string,
  now: Date,
): Promise<Outcome<IssuedDocument, "not_found" | "not_sent">> {
  const read = await asPerson(system, async (tx) => {
    const estimate = await readEstimate(tx, system, estimateId);
    const patient = estimate && (await patientOf(tx, estimate.caseId));
    const lives =
      estimate && (await tx.case.findUnique({ where: { id: estimate.caseId }, select: { country: true } }));
    return estimate && patient && { estimate, patient, country: lives?.country ?? null };
  });
  if (!read) return refused("not_found");
  const { estimate, patient, country } = read;
  if (estimate.state === "draft" || estimate.hash === null) return refused("not_sent");
  const { language } = patient;
  const words = messagesOf(language);
  const [plan] = estimatePlansView(estimate);
  if (!plan) throw new Error("An estimate without its services always has a plan.");
  const kinds: Record<string, string> = words.lineKinds;
  const body = estimateBody(
    {
      ...estimate,
      hash: estimate.hash,
      plan,
      rates: euroRates(keptRatesSchema.parse(estimate.sentRates ?? [])),
      readIn: [...new Set([homeCurrency(country) ?? "EUR", "EUR" as const])],
      patientName: patient.name,
      clinicName: estimate.clinic.name,
      lines: estimate.lines.map((line) => ({
        ...line,
        name: line.label ?? kinds[line.kind] ?? line.kind,
        ownRule: ownRuleOf(line),
      })),
    },
    words.documents.estimate,
    language,
  );
  const { caseId } = estimate;
  const wish = { kind: "estimate" as const, subjectId: estimateId, caseId, bookingId: null, language, body };
  return done(await issueDocument(system, wish, now));
}
