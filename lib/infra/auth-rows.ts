import "server-only";
import type { Role } from "@/lib/kernel/actor";
import { openRows } from "./db";
import { Prisma } from "./generated/client";
import { sha256 } from "./hash";

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

// Asked by every request: functions of the database, which plan once for a connection what is the same for all.

/** The browser session of this cookie and its person, ended or not. */
export async function sessionOf(token: string): Promise<SessionRow | null> {
  const [row] = await openRows<SessionRow>(
    Prisma.sql`SELECT * FROM session_holder(${sha256(token)}) WHERE id IS NOT NULL`,
  );
  return row ?? null;
}

/** The bearer token and its person, revoked or not. */
export async function apiTokenOf(token: string): Promise<TokenRow | null> {
  const [row] = await openRows<TokenRow>(
    Prisma.sql`SELECT * FROM token_holder(${sha256(token)}) WHERE id IS NOT NULL`,
  );
  return row ?? null;
}
