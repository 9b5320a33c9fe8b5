import "server-only";
import type { Role } from "@/lib/kernel/actor";
import { openRows } from "./db";
import { Prisma } from "./generated/client";
import { sha256 } from "./hash";

/** Asked by every request: as one statement, prepared once. */
const PERSON = Prisma.raw(`json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'locale', p.locale,
  'roles', p.roles, 'clinicId', p."clinicId", 'secondFactorAt', p."secondFactorAt", 'erasedAt', p."erasedAt")`);

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  locale: string;
  roles: Role[];
  clinicId: string | null;
  secondFactorAt: string | null;
  erasedAt: string | null;
}

interface SessionRow {
  id: string;
  endsAt: Date;
  endsLatestAt: Date;
  lastSeenAt: Date;
  zone: string | null;
  mfaAt: Date | null;
  person: PersonRow;
}

interface TokenRow {
  id: string;
  revokedAt: Date | null;
  expiresAt: Date | null;
  scopes: string[];
  lastUsedAt: Date | null;
  mfaAt: Date | null;
  person: PersonRow;
}

/** The browser session of this cookie and its person, ended or not. */
export async function sessionOf(token: string): Promise<SessionRow | null> {
  const [row] = await openRows<SessionRow>(
    Prisma.sql`SELECT s.id, s."endsAt", s."endsLatestAt", s."lastSeenAt", s.zone, s."mfaAt", ${PERSON} AS person
      FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s."tokenHash" = ${sha256(token)}`,
  );
  return row ?? null;
}

/** The bearer token and its person, revoked or not. */
export async function apiTokenOf(token: string): Promise<TokenRow | null> {
  const [row] = await openRows<TokenRow>(
    Prisma.sql`SELECT t.id, t."revokedAt", t."expiresAt", t.scopes, t."lastUsedAt", t."mfaAt", ${PERSON} AS person
      FROM "ApiToken" t JOIN "Person" p ON p.id = t."personId" WHERE t."tokenHash" = ${sha256(token)}`,
  );
  return row ?? null;
}
