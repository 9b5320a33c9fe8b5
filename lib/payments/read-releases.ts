import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { clinicKey } from "./payee";
import type { ReleaseFilter } from "./payee-form";
import { readEvidence } from "./read-evidence";
import { readCameBack } from "./read-came-back";
import { type PayeeAccountRow, readPayeeAccounts } from "./read-payee-accounts";
import { SUPPLIERS } from "./release";

const WAITING_SHOWN = 50;
const ENDED_SHOWN = 20;

const include = {
  lines: { orderBy: { id: "asc" } },
  recalls: { where: { state: { not: "refused" } } },
} as const satisfies Prisma.ReleaseInclude;
type Found = Prisma.ReleaseGetPayload<{ include: typeof include }>;

const asked = { some: { state: "proposed" } } as const satisfies Prisma.ReleaseRecallListRelationFilter;

const OF_CLINICS = clinicKey("");

function filtered({ payee, state }: ReleaseFilter): Prisma.ReleaseWhereInput {
  const byPayee =
    payee === SUPPLIERS
      ? { NOT: { payeeKey: { startsWith: OF_CLINICS } } }
      : payee
        ? { payeeKey: payee }
        : {};
  return { ...byPayee, ...(state ? { state } : {}) };
}

/** The hospitals that money was ever to go to, by name. */
export function releasedClinicsFor(finance: Finance): Promise<{ payeeKey: string; payee: string }[]> {
  return asPerson(finance, (tx) =>
    tx.release.findMany({
      where: { payeeKey: { startsWith: OF_CLINICS } },
      distinct: ["payeeKey"],
      orderBy: { payee: "asc" },
      select: { payeeKey: true, payee: true },
    }),
  );
}

/** Releases that wait for somebody, the oldest first: to be approved, to be paid, or to be taken back. */
export async function waitingReleasesFor(
  finance: Finance,
  cursor?: string,
  filter: ReleaseFilter = {},
  limit = WAITING_SHOWN,
) {
  const after = cursor ? idOfCursor(cursor) : null;
  const page = await asPerson(finance, async (tx) => {
    const rows = await tx.release.findMany({
      where: {
        AND: [filtered(filter)],
        OR: [{ state: { in: ["proposed", "approved"] } }, { state: "paid", recalls: asked }],
        ...(after ? { id: { gt: after } } : {}),
      },
      orderBy: { id: "asc" },
      take: limit + 1,
      include,
    });
    return named(tx, pageOf(rows, limit));
  });
  return proven(page);
}

/** Releases nobody is waiting for any more, the newest first. */
export async function endedReleasesFor(
  finance: Finance,
  cursor?: string,
  filter: ReleaseFilter = {},
  limit = ENDED_SHOWN,
) {
  const before = cursor ? idOfCursor(cursor) : null;
  const page = await asPerson(finance, async (tx) => {
    const rows = await tx.release.findMany({
      where: {
        AND: [filtered(filter)],
        state: { in: ["paid", "refused", "withdrawn", "returned"] },
        recalls: { none: { state: "proposed" } },
        ...(before ? { id: { lt: before } } : {}),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      include,
    });
    return named(tx, pageOf(rows, limit));
  });
  return proven(page);
}

/** With what proves each line. */
async function proven({ items, next }: Awaited<ReturnType<typeof named>>) {
  const evidence = await readEvidence(items.flatMap((one) => one.lines));
  return {
    next,
    items: items.map((one) => ({
      ...one,
      lines: one.lines.map((line) => ({ ...line, proof: evidence.get(line.id) ?? null })),
    })),
  };
}

async function named(tx: Tx, { items, next }: Page<Found>) {
  const ids = items.flatMap((one) => [
    one.proposedById,
    ...[one.approvedById, ...one.recalls.flatMap((recall) => [recall.proposedById, recall.answeredById])],
  ]);
  const people = await tx.person.findMany({
    where: { id: { in: ids.flatMap((id) => id ?? []) } },
    select: { id: true, name: true },
  });
  const bookings = await tx.booking.findMany({
    where: { id: { in: items.map((one) => one.bookingId) } },
    select: { id: true, number: true },
  });
  const clinics = await tx.clinic.findMany({
    where: { id: { in: items.flatMap(({ payeeKey }) => clinicIdOf(payeeKey)) } },
    select: { id: true, legalName: true },
  });
  const accounts = await readPayeeAccounts(
    tx,
    items.map((one) => one.payeeKey),
    items.flatMap((one) => one.payeeAccountId ?? []),
  );
  const cameBackOf = await readCameBack(
    tx,
    items.map((one) => one.payeeKey),
  );
  const nameOf = new Map(people.map((one) => [one.id, one.name]));
  const numberOf = new Map(bookings.map((one) => [one.id, one.number]));
  const known = (id: string | null) => (id ? (nameOf.get(id) ?? "–") : null);
  return {
    next,
    items: items.map(({ recalls: [recall], ...one }) => ({
      ...one,
      ...accountsOf(one, accounts, cameBackOf),
      bookingNumber: numberOf.get(one.bookingId) ?? "",
      /** As it is registered; what a person or a supplier is called is all we know of them. */
      legalName: clinics.find(({ id }) => clinicKey(id) === one.payeeKey)?.legalName ?? one.payee,
      proposedBy: known(one.proposedById) ?? "–",
      approvedBy: known(one.approvedById),
      recall: recall
        ? {
            ...recall,
            proposedBy: known(recall.proposedById) ?? "–",
            answeredBy: known(recall.answeredById),
          }
        : null,
    })),
  };
}

function clinicIdOf(payeeKey: string): string[] {
  const [kind, id] = payeeKey.split(":");
  return kind === "clinic" && id ? [id] : [];
}

/** Where it goes or went: once approved, the account it was approved for; before, the one that is confirmed now. */
function accountsOf(
  { state, payeeKey, payeeAccountId }: Pick<Found, "state" | "payeeKey" | "payeeAccountId">,
  all: readonly PayeeAccountRow[],
  cameBackOf: Awaited<ReturnType<typeof readCameBack>>,
) {
  const own = all.filter((one) => one.payeeKey === payeeKey);
  const confirmed = own.find((one) => one.state === "confirmed") ?? null;
  const account = state === "proposed" ? confirmed : (own.find(({ id }) => id === payeeAccountId) ?? null);
  return {
    account,
    /** What was last paid to this very account, as long as this one has not left. */
    cameBack: state === "proposed" || state === "approved" ? cameBackOf(account) : null,
    /** The account that counts now, where it is another than the one it was approved for. */
    accountNow: confirmed && payeeAccountId && confirmed.id !== payeeAccountId ? confirmed : null,
    accountWaits: own.find((one) => one.state === "proposed") ?? null,
    accountsBefore: own.filter((one) => one.state === "replaced" || one.state === "refused"),
  };
}
export type ReleaseRow = Awaited<ReturnType<typeof waitingReleasesFor>>["items"][number];
