import "server-only";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { openDb } from "./db";
import { sha256 } from "./hash";

type Row = { id: string; email: string; name: string; emailVerifiedAt: Date | null };

function userOf(row: Row): AdapterUser {
  return { id: row.id, email: row.email, name: row.name, emailVerified: row.emailVerifiedAt };
}

const USER = { id: true, email: true, name: true, emailVerifiedAt: true, erasedAt: true } as const;

async function findUser(where: { id: string } | { email: string }): Promise<AdapterUser | null> {
  const row = await openDb().person.findUnique({ where, select: USER });
  return row && !row.erasedAt ? userOf(row) : null;
}

/** What happens around a sign-in by link that next-auth does not know of. */
export interface LinkDoor {
  /** Told before the door is opened: the address has been proven. */
  verified: (personId: string) => Promise<void>;
  /** Opens a session under this token, or has it wait for the second step; answers when that ends. */
  open: (personId: string, token: string) => Promise<Date>;
}

/**
 * next-auth over our own tables. The raw session and link tokens never reach the database: only their SHA-256.
 * Nobody gets an account by clicking a link: `createUser` is absent on purpose.
 */
export function authAdapter({ verified, open }: LinkDoor): Adapter {
  return {
    getUser: (id) => findUser({ id }),
    getUserByEmail: (email) => findUser({ email }),
    getUserByAccount: () => null,
    linkAccount: () => null,
    // The only change next-auth makes to somebody: their address was proven by a link.
    async updateUser({ id }) {
      await verified(id);
      return userOf(await openDb().person.findUniqueOrThrow({ where: { id }, select: USER }));
    },
    async createSession({ sessionToken, userId }) {
      return { sessionToken, userId, expires: await open(userId, sessionToken) };
    },
    async getSessionAndUser(sessionToken) {
      const session = await openDb().session.findUnique({
        where: { tokenHash: sha256(sessionToken) },
        select: { personId: true, endsAt: true, endsLatestAt: true, person: { select: USER } },
      });
      if (!session || session.person.erasedAt || session.endsAt <= new Date()) return null;
      const { personId, endsLatestAt, person } = session;
      return { session: { sessionToken, userId: personId, expires: endsLatestAt }, user: userOf(person) };
    },
    // Our own session module moves the idle end; next-auth must not lengthen a session.
    updateSession: () => null,
    async deleteSession(sessionToken) {
      await openDb().session.deleteMany({ where: { tokenHash: sha256(sessionToken) } });
    },
    async createVerificationToken({ identifier, token, expires }) {
      await openDb().signInLink.create({ data: { identifier, tokenHash: token, expiresAt: expires } });
      return { identifier, token, expires };
    },
    async useVerificationToken({ identifier, token }) {
      const where = { tokenHash: token, identifier };
      const link = await openDb().signInLink.findFirst({ where });
      // Two clicks at once: the one whose delete counts is signed in.
      const { count } = await openDb().signInLink.deleteMany({ where });
      return link && count === 1 ? { identifier, token, expires: link.expiresAt } : null;
    },
  };
}
