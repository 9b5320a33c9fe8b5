import { createHash } from "node:crypto";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { readRange } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { connect } from "@/scripts/steps/database.mjs";
import { testSystem } from "./people";

export const cases = () =>
  asPerson(testSystem, (tx) =>
    tx.case.findMany({ orderBy: { number: "asc" }, include: { tasks: true, records: true, events: true } }),
  );

/** What two machines must agree on. */
export async function worldOf() {
  const people = await openDb().person.findMany({
    orderBy: { email: "asc" },
    select: { email: true, name: true },
  });
  const told = await cases();
  const facts = told.map(({ number, contactName, stage, problem, treatment, records }) => {
    const papers = records.map(({ filename, sha256 }) => `${filename} ${sha256}`).toSorted();
    return { number, contactName, stage, problem, treatment, papers };
  });
  return { people, facts };
}

export async function emptyDatabase(): Promise<void> {
  const owner = await connect(env().DATABASE_URL);
  const { rows } = await owner.query(
    `SELECT string_agg(format('%I', tablename), ', ') AS names FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await owner.query(`TRUNCATE ${rows[0].names} CASCADE`);
  await owner.query(
    "ALTER SEQUENCE case_number_seq RESTART; ALTER SEQUENCE booking_number_seq RESTART; ALTER SEQUENCE opinion_number_seq RESTART",
  );
  await owner.end();
}

/** The second opinions of the demo by their patients: how each stands, and how its refunds do. */
export async function secondsTold(): Promise<{ words: (string | null)[]; paidAt: Date | null }[]> {
  const rows = await asPerson(testSystem, (tx) =>
    tx.secondOpinion.findMany({
      select: {
        ...{ state: true, endCause: true, paidAt: true, case: { select: { contactName: true } } },
        payments: { select: { refunds: { select: { state: true } } } },
      },
      orderBy: { case: { contactName: "asc" } },
    }),
  );
  return rows.map(({ state, endCause, paidAt, payments, case: { contactName } }) => {
    const refunds = payments.flatMap((payment) => payment.refunds.map((refund) => refund.state));
    return { words: [contactName, state, endCause, ...refunds], paidAt };
  });
}

export async function bookingsOfClosed(): Promise<string[]> {
  const closed = (await cases()).filter((one) => one.stage === "closed").map(({ id }) => id);
  const bookings = await asPerson(testSystem, (tx) =>
    tx.booking.findMany({ where: { caseId: { in: closed } } }),
  );
  return bookings.map(({ id }) => id);
}

export async function hashOfStored(record: {
  id: string;
  wrappedKey: Uint8Array | null;
  keyVersion: number;
  sizeBytes: bigint;
  chunkBytes: number;
}): Promise<string> {
  const { id: recordId, wrappedKey, keyVersion, chunkBytes } = record;
  if (!wrappedKey) throw new Error("A record of the demo has no key.");
  const sizeBytes = Number(record.sizeBytes);
  const file = { recordId, key: openFileKey(recordId, { wrappedKey, keyVersion }), sizeBytes, chunkBytes };
  const hash = createHash("sha256");
  for await (const piece of readRange(file, 0, sizeBytes)) hash.update(piece);
  return hash.digest("hex");
}
