import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson, openDb } from "@/lib/infra/db";
import { personAs } from "@/lib/infra/session";
import type { makeClinic } from "./clinics";
import { makeCoordinator, testSystem } from "./people";

export interface Ready {
  patient: Patient;
  caseId: string;
  estimateId: string;
}

export interface ReadyLine {
  kind: string;
  contract: "A" | "B";
  amountMinor: bigint;
}

/** As many patients as a storm needs, each with an accepted estimate of these lines, written in a few statements. */
export async function makeManyReady(
  count: number,
  clinic: Awaited<ReturnType<typeof makeClinic>>,
  lines: readonly ReadyLine[],
  currency = "EUR",
): Promise<Ready[]> {
  const owner = await makeCoordinator();
  const now = new Date();
  const wanted = Array.from({ length: count }, () => ({
    personId: newId(),
    caseId: newId(),
    reviewId: newId(),
    estimateId: newId(),
  }));
  await openDb().person.createMany({ data: wanted.map(({ personId }) => personRow(personId)) });
  await asPerson(testSystem, async (tx) => {
    await tx.case.createMany({
      data: wanted.map(({ caseId, personId }) => ({
        id: caseId,
        number: `S-${caseId}`,
        stage: "contracting" as const,
        patientId: personId,
        treatment: "teer",
        country: "AE",
        ownerKind: "coordinator" as const,
        ownerId: owner.personId,
        nextAction: "hold_sign_pay",
        nextDueAt: addHours(now, 72),
        submittedAt: now,
      })),
    });
    await tx.caseAccess.createMany({
      data: wanted.map(({ caseId, personId }) => ({
        caseId,
        personId,
        scopes: ["owner" as const],
        purpose: "patient",
      })),
    });
    await tx.review.createMany({
      data: wanted.map(({ reviewId, caseId }) => ({
        ...{ id: reviewId, caseId, clinicId: clinic.id, state: "requested" as const },
        ...{ requestedById: owner.personId, dueAt: addHours(now, 72) },
      })),
    });
    const total = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
    await tx.estimate.createMany({
      data: wanted.map(({ estimateId, reviewId, caseId }) => ({
        ...{ id: estimateId, reviewId, caseId, clinicId: clinic.id, version: 1, currency },
        ...{ lowMinor: total, expectedMinor: total, highMinor: total, createdById: owner.personId },
        validUntil: dateOf(addDays(dayOf(now), 20)),
      })),
    });
    await tx.estimateLine.createMany({
      data: wanted.flatMap(({ estimateId, caseId }) =>
        lines.map(({ kind, contract, amountMinor }, index) => ({
          ...{
            estimateId,
            caseId,
            position: index + 1,
            kind,
            contract,
            quantity: 1,
            unit: "piece",
            cause: "Storm",
          },
          ...{ lowMinor: amountMinor, expectedMinor: amountMinor, highMinor: amountMinor },
        })),
      ),
    });
    const where = { id: { in: wanted.map(({ estimateId }) => estimateId) } };
    await tx.estimate.updateMany({ where, data: { state: "sent", sentAt: now, hash: "storm" } });
    await tx.estimate.updateMany({ where, data: { state: "accepted", answeredAt: now } });
  });
  return wanted.map(({ personId, caseId, estimateId }) => ({
    patient: patientOf(personId),
    caseId,
    estimateId,
  }));
}

function personRow(id: string) {
  const email = `storm.${id}@example.test`;
  return { id, email, name: "Anna Petrova", kind: "private" as const, roles: ["patient" as const] };
}

function patientOf(personId: string): Patient {
  const { email, name, roles } = personRow(personId);
  const rest = { locale: "en", clinicId: null, sessionId: null, scopes: null };
  const patient = personAs({ personId, name, email, roles, ...rest }, "patient");
  if (!patient) throw new Error("No patient was made.");
  return patient;
}
