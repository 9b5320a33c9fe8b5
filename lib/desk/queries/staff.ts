import "server-only";
import type { Admin, Role } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { mustHaveFactor } from "@/lib/infra/auth-life";
import { asPerson, openDb } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { systemActor } from "@/lib/infra/session";
import type { StaffKind } from "@/lib/people/person";
import type { StaffListForm } from "../forms/staff";

/** What guards an account, by number alone: neither keys nor codes leave the account of their owner. */
export interface HeldFactors {
  hasApp: boolean;
  passkeys: number;
  recoveryCodes: number;
  /** Nothing but the page that sets one up opens until they have one. */
  isOwed: boolean;
}

/** A member of staff as an administrator sees them. */
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  kind: StaffKind;
  roles: Role[];
  clinic: { slug: string; name: string } | null;
  /** The last request of a browser or a program, or the last act that left a trace; null for never. */
  seenAt: Date | null;
  factors: HeldFactors;
}

const STAFF = { kind: { in: ["operator", "clinic"] }, erasedAt: null } satisfies Prisma.PersonWhereInput;

const personSelect = {
  id: true,
  name: true,
  email: true,
  kind: true,
  roles: true,
  clinic: { select: { slug: true, name: true } },
} satisfies Prisma.PersonSelect;

/** Everybody who works here, by name: of the operator and of every clinic. */
export async function staffFor(_admin: Admin, form: StaffListForm): Promise<Page<StaffMember>> {
  const { q, cursor, limit } = form;
  const has = { contains: q ?? "", mode: "insensitive" } as const;
  const wanted = q ? { OR: [{ name: has }, { email: has }, { clinic: { name: has } }] } : {};
  const rows = await openDb().person.findMany({
    where: { AND: [STAFF, wanted, await after(cursor ? idOfCursor(cursor) : null)] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: limit + 1,
    select: personSelect,
  });
  return pageOf(await told(rows), limit);
}

/** Names may be alike: the id decides between them, and a cursor names one person. */
async function after(id: string | null): Promise<Prisma.PersonWhereInput> {
  const last = id && (await openDb().person.findUnique({ where: { id }, select: { name: true } }));
  return last ? { OR: [{ name: { gt: last.name } }, { name: last.name, id: { gt: id } }] } : {};
}

/** One member of staff; null for a private person as for nobody. */
export async function staffMemberFor(_admin: Admin, id: string): Promise<StaffMember | null> {
  const row = await openDb().person.findFirst({ where: { AND: [{ id }, STAFF] }, select: personSelect });
  return row ? ((await told([row]))[0] ?? null) : null;
}

type StaffRow = Prisma.PersonGetPayload<{ select: typeof personSelect }>;

async function told(rows: readonly StaffRow[]): Promise<StaffMember[]> {
  const ids = rows.map(({ id }) => id);
  const [seen, factors] = await Promise.all([seenOf(ids), factorsOf(ids)]);
  return rows.map(({ kind, ...row }) => {
    const { hasApp = false, passkeys = 0, recoveryCodes = 0 } = factors.get(row.id) ?? {};
    const isOwed = !hasApp && passkeys === 0 && mustHaveFactor(row.roles);
    return {
      ...row,
      kind: kind === "clinic" ? kind : "operator",
      seenAt: seen.get(row.id) ?? null,
      factors: { hasApp, passkeys, recoveryCodes, isOwed },
    };
  });
}

async function seenOf(ids: readonly string[]): Promise<Map<string, Date | null>> {
  const rows = await openDb().$queryRaw<{ id: string; seenAt: Date | null }[]>`
    SELECT p."id", GREATEST(
      (SELECT max(s."lastSeenAt") FROM "Session" s WHERE s."personId" = p."id"),
      (SELECT max(t."lastUsedAt") FROM "ApiToken" t WHERE t."personId" = p."id"),
      (SELECT a."at" FROM "AuditEvent" a WHERE a."actorId" = p."id" ORDER BY a."at" DESC LIMIT 1)
    ) AS "seenAt" FROM "Person" p WHERE p."id" = ANY(${ids}::uuid[])`;
  return new Map(rows.map(({ id, seenAt }) => [id, seenAt]));
}

/** Only their owner reaches the rows of factors; the system counts them for the administrator. */
async function factorsOf(ids: readonly string[]): Promise<Map<string, Omit<HeldFactors, "isOwed">>> {
  const rows = await asPerson(
    systemActor("staff-list"),
    (tx) => tx.$queryRaw<({ id: string } & Omit<HeldFactors, "isOwed">)[]>`
      SELECT p."id",
        EXISTS (SELECT 1 FROM "Authenticator" a WHERE a."personId" = p."id" AND a."confirmedAt" IS NOT NULL) AS "hasApp",
        (SELECT count(*) FROM "Passkey" k WHERE k."personId" = p."id")::int AS "passkeys",
        (SELECT count(*) FROM "RecoveryCode" r WHERE r."personId" = p."id" AND r."usedAt" IS NULL)::int AS "recoveryCodes"
      FROM "Person" p WHERE p."id" = ANY(${ids}::uuid[])`,
  );
  return new Map(rows.map(({ id, ...counted }) => [id, counted]));
}
