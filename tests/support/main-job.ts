import { randomUUID } from "node:crypto";
import { ApiClient, newPatient, until, uploadFile } from "./api";

export const CLINIC = "herzzentrum-rheintal";

interface Items<T> {
  items: T[];
}
interface IdAnd {
  id: string;
}

/** Throws with the whole answer when a step of the journey does not answer as the interface says. */
export function must<T>(answer: { status: number; body: T }, ...statuses: number[]): T {
  if (!statuses.includes(answer.status)) {
    throw new Error(
      `Wanted ${statuses.join("/")}, got ${answer.status}: ${JSON.stringify(answer.body).slice(0, 800)}`,
    );
  }
  return answer.body;
}

export interface Staff {
  coordinator: ApiClient;
  reviewer: ApiClient;
  surgeon: ApiClient;
  manager: ApiClient;
  finance: ApiClient;
}

let staff: Promise<Staff> | undefined;

export function demoStaff(): Promise<Staff> {
  staff ??= (async () => {
    const [coordinator, reviewer, surgeon, manager, finance] = await Promise.all(
      ["coordinator", "reviewer", "surgeon", "manager", "finance"].map((name) =>
        ApiClient.signIn(`${name}@demo.valvia.test`),
      ),
    );
    if (!coordinator || !reviewer || !surgeon || !manager || !finance)
      throw new Error("A demo account is missing.");
    return { coordinator, reviewer, surgeon, manager, finance };
  })();
  return staff;
}

export const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** None of the four warning signs. */
export const CALM = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };

export interface SentCase {
  id: string;
  number: string;
  patient: ApiClient;
  email: string;
}

interface CaseWish {
  name?: string;
  treatment?: string;
  redFlags?: typeof CALM;
}

/** Step 2: a case that a new patient told and sent to the desk. */
export async function sentCase(wish: CaseWish = {}): Promise<SentCase> {
  const { name = "Samira Haddad", treatment = "teer", redFlags = CALM } = wish;
  const { api: patient, email } = await newPatient();
  const told = {
    treatment,
    problem: "Leaky mitral valve, short of breath on stairs",
    contact: { name, email, country: "AE" },
    redFlags,
  };
  const { id, number } = must(await patient.post<{ id: string; number: string }>("/cases", told), 201);
  must(await patient.post(`/cases/${id}/submit`, { consent: true }), 200);
  return { id, number, patient, email };
}

/** The patient lets the centre of the demo see the case. */
export async function consentToCentre(patient: ApiClient, caseId: string): Promise<void> {
  const consent = { clinic: CLINIC, country: "DE", textVersion: "1", deidentified: false };
  must(await patient.post(`/cases/${caseId}/consents`, consent), 201);
}

/** Steps 2–4: a submitted case with one accepted record and every other gap waived, sent to one clinic. */
export async function caseWithCentre(
  treatment = "teer",
): Promise<{ patient: ApiClient; email: string; caseId: string; reviewId: string }> {
  const { coordinator } = await demoStaff();
  const { id: caseId, patient, email } = await sentCase({ treatment });
  must(await coordinator.post(`/cases/${caseId}/take`), 200);
  must(await coordinator.post(`/cases/${caseId}/stage`, { to: "collecting_records" }), 200);
  const recordId = await uploadFile(patient, caseId, {
    name: "echo.pdf",
    bytes: Buffer.concat([PDF, Buffer.from(`% ${randomUUID()}\n`)]),
    item: "tte_report",
  });
  await until(
    () => patient.get<Items<{ id: string; state: string }>>(`/cases/${caseId}/records`),
    (answer) => answer.body.items.some((record) => record.id === recordId && record.state === "readable"),
  );
  must(await coordinator.patch(`/records/${recordId}`, { state: "accepted" }), 200);
  const checklist = must(
    await coordinator.get<Items<{ item: string; status: string }>>(`/cases/${caseId}/checklist`),
    200,
  );
  for (const gap of checklist.items.filter((entry) => entry.status === "missing")) {
    must(
      await coordinator.patch(`/cases/${caseId}/checklist/${gap.item}`, {
        status: "waived",
        reason: "Not needed for a first answer",
      }),
      200,
    );
  }
  await consentToCentre(patient, caseId);
  const reviews = must(
    await coordinator.post<Items<IdAnd>>(`/cases/${caseId}/reviews`, { clinics: [CLINIC] }),
    201,
  );
  return { patient, email, caseId, reviewId: reviews.items[0]?.id ?? "" };
}

export const LINES = [
  {
    contract: "A",
    kind: "treatment",
    quantity: 1,
    unit: "procedure",
    low: 3_000_000,
    expected: 3_400_000,
    high: 4_100_000,
    cause: "length of stay",
    optional: false,
  },
  {
    contract: "B",
    kind: "transfer_arrival",
    quantity: 1,
    unit: "ride",
    low: 9_000,
    expected: 9_000,
    high: 9_000,
    cause: "fixed",
    optional: true,
  },
  {
    contract: "B",
    kind: "transfer_return",
    quantity: 1,
    unit: "ride",
    low: 9_000,
    expected: 9_000,
    high: 9_000,
    cause: "fixed",
    optional: true,
  },
  {
    contract: "B",
    kind: "interpreter",
    quantity: 4,
    unit: "hour",
    low: 24_000,
    expected: 28_000,
    high: 36_000,
    cause: "hours",
    optional: true,
  },
  {
    contract: "B",
    kind: "operator_fee",
    quantity: 1,
    unit: "case",
    low: 150_000,
    expected: 150_000,
    high: 150_000,
    cause: "fixed",
    optional: false,
  },
];

export interface Accepted {
  patient: ApiClient;
  caseId: string;
  estimateId: string;
  lineIds: string[];
  optionalLineIds: string[];
}

/** Both signatures of a centre: its yes binds it. */
export async function bindingYes(reviewId: string): Promise<void> {
  const { reviewer, surgeon } = await demoStaff();
  must(await reviewer.post(`/reviews/${reviewId}/open`), 200);
  must(await reviewer.post(`/reviews/${reviewId}/decide`, { verdict: "eligible" }), 200);
  must(await surgeon.post(`/reviews/${reviewId}/countersign`), 200);
}

/** Step 5: both signatures of a centre and an estimate sent to the patient, who has not answered yet. */
export async function sendEstimate(reviewId: string) {
  const { coordinator } = await demoStaff();
  await bindingYes(reviewId);
  const validUntil = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const body = { currency: "EUR", validUntil, lines: LINES, exclusions: ["Flights", "Pacemaker"] };
  const { id, lines } = must(
    await coordinator.post<IdAnd & { lines: { id: string; optional: boolean }[] }>(
      `/reviews/${reviewId}/estimates`,
      body,
    ),
    201,
  );
  const { hash } = must(await coordinator.post<{ hash: string }>(`/estimates/${id}/send`), 200);
  return { id, lines, hash };
}

/** Steps 5–6: an estimate sent, and accepted by its hash. */
export async function acceptedEstimate(): Promise<Accepted> {
  const { patient, caseId, reviewId } = await caseWithCentre();
  const { id: estimateId, lines, hash } = await sendEstimate(reviewId);
  must(await patient.post(`/estimates/${estimateId}/accept`, { hash }), 200);
  const lineIds = lines.map((line) => line.id);
  const optionalLineIds = lines.filter((line) => line.optional).map((line) => line.id);
  return { patient, caseId, estimateId, lineIds, optionalLineIds };
}

/** The first free procedure slots of the clinic from in six weeks on. */
export async function freeSlots(treatment = "teer"): Promise<{ slotId: string; on: string; free: number }[]> {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const answer = await new ApiClient(null).get<Items<{ slotId: string; on: string; free: number }>>(
    `/clinics/${CLINIC}/capacity?treatment=${treatment}&from=${day(42)}&to=${day(170)}`,
  );
  return must(answer, 200).items.filter((slot) => slot.free > 0);
}

/** Pays a Checkout page the way its form does. */
export async function payPage(url: string, card = "4242424242424242"): Promise<Response> {
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ card }),
  });
}

interface Booking {
  id: string;
  state: string;
}

/** A confirmed day of a new patient, paid as far as it goes. */
export async function confirmedDay() {
  const { manager } = await demoStaff();
  const { patient, email, caseId, reviewId } = await caseWithCentre();
  const { id: estimateId, hash } = await sendEstimate(reviewId);
  must(await patient.post(`/estimates/${estimateId}/accept`, { hash }), 200);
  const free = await freeSlots();
  let booking: Booking | undefined;
  for (const { slotId } of free.slice(0, 12)) {
    const held = await patient.post<Booking>("/bookings", { estimateId, slotId, services: [] });
    if (held.status === 201) booking = held.body;
    if (booking) break;
  }
  if (!booking) throw new Error("No day could be held.");
  const { id } = booking;
  for (const contract of ["A", "B"])
    must(await patient.post(`/bookings/${id}/sign`, { contract, typedName: "Samira Haddad" }), 200);
  const { items } = must(
    await patient.get<{ items: { id: string; kind: string }[] }>(`/bookings/${id}/plan`),
    200,
  );
  const deposit = items.find((item) => item.kind === "deposit");
  const { url } = must(await patient.post<{ url: string }>(`/plan-items/${deposit?.id}/checkout`), 200, 201);
  await payPage(url);
  await until(
    () => patient.get<Booking>(`/bookings/${id}`),
    (answer) => answer.body.state === "awaiting_centre",
  );
  must(await manager.post(`/bookings/${id}/confirm`), 200);
  return { patient, email, caseId, bookingId: id };
}
