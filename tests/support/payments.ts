import { createServer, type IncomingMessage } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Patient } from "@/lib/kernel/actor";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { Currency } from "@/lib/kernel/money";
import { asPerson, openDb } from "@/lib/infra/db";
import { applyProviderEvent } from "@/lib/payments/apply-provider-event";
import { startCheckout } from "@/lib/payments/start-checkout";
import { type Running, startSandbox } from "@/tools/stripe-sandbox/start-sandbox";
import { makeCase } from "./cases";
import { makeClinic } from "./clinics";
import { makeCoordinator, makePatient, testSystem } from "./people";

export interface BookingWish {
  patient?: Patient;
  currency?: Currency;
  depositMinor?: bigint;
  contractAMinor?: bigint;
  balanceMinor?: bigint;
  state?: "held" | "awaiting_deposit";
  isSigned?: boolean;
  holdExpiresAt?: Date;
  answer?: object;
}

const FEE = 200_000n;
const RIDE = 50_000n;

/** A booking whose contracts are signed and whose deposit is to be paid; its rows are written directly. */
export async function makeUnpaidBooking(wish: BookingWish = {}) {
  const patient = wish.patient ?? (await makePatient());
  const owner = await makeCoordinator();
  const clinic = await makeClinic(wish.currency ? { currency: wish.currency } : {});
  const { id: caseId } = await makeCase({ patient, stage: "contracting", owner });
  const slot = clinic.slots[0];
  if (!slot) throw new Error("The clinic has no slot.");
  const [reviewId, estimateId, bookingId, depositId, balanceId] = [
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
  ];
  const currency = wish.currency ?? "EUR";
  const depositMinor = wish.depositMinor ?? 350_000n;
  const balanceMinor = wish.balanceMinor ?? 200_000n;
  const contractAMinor = wish.contractAMinor ?? 300_000n;
  const services = [
    { id: newId(), kind: "operator_fee", amountMinor: FEE },
    { id: newId(), kind: "transfer_arrival", amountMinor: RIDE },
  ];
  await asPerson(testSystem, async (tx) => {
    const at = new Date();
    await tx.review.create({
      data: {
        id: reviewId,
        caseId,
        clinicId: clinic.id,
        state: "requested",
        requestedById: owner.personId,
        dueAt: at,
        ...(wish.answer ? { answer: wish.answer } : {}),
      },
    });
    await tx.estimate.create({
      data: {
        id: estimateId,
        reviewId,
        caseId,
        clinicId: clinic.id,
        version: 1,
        currency,
        createdById: owner.personId,
        validUntil: dateOf(addDays(dayOf(at), 20)),
        lowMinor: FEE + RIDE,
        expectedMinor: FEE + RIDE,
        highMinor: FEE + RIDE,
      },
    });
    await tx.estimateLine.createMany({
      data: services.map(({ id, kind, amountMinor }, position) => ({
        id,
        estimateId,
        caseId,
        position,
        contract: "B" as const,
        kind,
        quantity: 1,
        unit: "piece",
        lowMinor: amountMinor,
        expectedMinor: amountMinor,
        highMinor: amountMinor,
        cause: "Price list",
      })),
    });
    await tx.estimate.update({ where: { id: estimateId }, data: { state: "sent", hash: "h", sentAt: at } });
    await tx.estimate.update({ where: { id: estimateId }, data: { state: "accepted", answeredAt: at } });
    await tx.booking.create({
      data: {
        id: bookingId,
        number: `B-2026-${bookingId.slice(-12)}`,
        caseId,
        patientId: patient.personId,
        estimateId,
        clinicId: clinic.id,
        slotId: slot.id,
        state: wish.state ?? "awaiting_deposit",
        currency,
        policyVersion: "2026-11b",
        cancellationBands: [
          { fromDays: 14, keptBp: 1_000 },
          { fromDays: 7, keptBp: 2_500 },
          { fromDays: 0, keptBp: 5_000 },
        ],
        regime: "LIKELY_NOT_PACKAGE",
        contractAMode: "held_by_operator",
        treatmentOn: slot.on,
        holdExpiresAt: wish.holdExpiresAt ?? addHours(at, 72),
      },
    });
    await tx.bookingService.createMany({
      data: services.map(({ id, kind, amountMinor }) => ({
        bookingId,
        caseId,
        lineId: id,
        kind,
        amountMinor,
      })),
    });
    await tx.contract.createMany({
      data: (["A", "B"] as const).map((kind) => ({
        bookingId,
        caseId,
        kind,
        textVersion: "1",
        language: "en",
        text: "text",
        textHash: "hash",
        signedName: wish.isSigned === false ? null : patient.name,
        signedAt: wish.isSigned === false ? null : at,
      })),
    });
    const item = { bookingId, caseId, currency, dueOn: slot.on };
    await tx.planItem.createMany({
      data: [
        {
          ...item,
          id: depositId,
          position: 1,
          kind: "deposit",
          contract: "B",
          amountMinor: depositMinor,
          contractAMinor,
        },
        { ...item, id: balanceId, position: 2, kind: "balance", contract: "B", amountMinor: balanceMinor },
      ],
    });
    await tx.procedureSlot.update({ where: { id: slot.id }, data: { taken: 1 } });
  });
  return { patient, owner, clinic, slot, caseId, bookingId, depositId, balanceId, depositMinor, currency };
}

export interface Provider {
  url: string;
  secret: string;
  /** The peer itself: it runs in this process. */
  peer: Running;
  /** Ids of the events that came through our door with a right signature. */
  told: Set<string>;
  statuses: number[];
  pay(url: string, card?: string): Promise<void>;
  control(path: string, body?: object): Promise<Record<string, unknown>>;
  /** Works every event that came in and was not worked yet, as the job would. */
  work(): Promise<string[]>;
  stop(): Promise<void>;
}

/** The payment peer, with our own webhook route behind its door. Call it before anything reads the environment. */
export async function startProvider(): Promise<Provider> {
  const dataDir = await mkdtemp(join(tmpdir(), "valvia-peer-"));
  const door = await startDoor();
  const peer = await startSandbox({ port: 0, dataDir, webhookUrl: door.url });
  Object.assign(process.env, {
    STRIPE_API_BASE: peer.url,
    STRIPE_SECRET_KEY: peer.secretKey,
    STRIPE_WEBHOOK_SECRET: peer.webhookSecret,
  });
  const control = async (path: string, body: object = {}) => {
    const response = await fetch(`${peer.url}/_control/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    url: peer.url,
    secret: peer.webhookSecret,
    peer,
    told: door.told,
    statuses: door.statuses,
    control,
    pay: (url, card = "4242424242424242") => submitCard(url, card),
    work: () => workEvents(),
    stop: async () => {
      await peer.close();
      await door.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A booking whose deposit was paid on the provider's page and booked. */
export async function makePaidBooking(provider: Provider) {
  const made = await makeUnpaidBooking();
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  await provider.pay(checkout.value.url);
  await provider.work();
  return { ...made, paymentId: checkout.value.paymentId };
}

async function submitCard(url: string, card: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ card }),
    redirect: "manual",
  });
  await response.text();
}

async function workEvents(): Promise<string[]> {
  const waiting = await openDb().providerEvent.findMany({
    where: { appliedAt: null },
    orderBy: { createdAt: "asc" },
  });
  const outcomes: string[] = [];
  for (const { id } of waiting) {
    const applied = await applyProviderEvent(testSystem, id, new Date());
    if (applied.ok) outcomes.push(applied.value.outcome);
  }
  return outcomes;
}

async function startDoor() {
  const told = new Set<string>();
  const statuses: number[] = [];
  const server = createServer((incoming, outgoing) => {
    void receive(incoming).then(({ status, id }) => {
      statuses.push(status);
      if (status === 200) told.add(id);
      outgoing.statusCode = status;
      outgoing.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}/api/stripe/webhook`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, told, statuses, close };
}

async function receive(incoming: IncomingMessage): Promise<{ status: number; id: string }> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  const body = Buffer.concat(parts).toString("utf8");
  const signature = String(incoming.headers["stripe-signature"] ?? "");
  const { POST } = await import("@/app/api/stripe/webhook/route");
  const headers = { "stripe-signature": signature };
  const answer = await POST(
    new Request("http://127.0.0.1/api/stripe/webhook", { method: "POST", body, headers }),
  );
  const { id } = JSON.parse(body) as { id: string };
  return { status: answer.status, id };
}

/** Sums of the whole ledger: every currency must come to zero. */
export async function ledgerSums(): Promise<Record<string, bigint>> {
  const rows = await openDb().ledgerEntry.groupBy({ by: ["currency"], _sum: { amountMinor: true } });
  return Object.fromEntries(rows.map((row) => [row.currency, row._sum.amountMinor ?? 0n]));
}
