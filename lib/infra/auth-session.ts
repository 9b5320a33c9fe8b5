import "server-only";
import type { Role } from "@/lib/kernel/actor";
import { newToken } from "@/lib/kernel/ids";
import { sessionLife } from "./auth-life";
import type { Tx } from "./db";
import { sha256 } from "./hash";

interface Opening {
  token?: string;
  /** When the second step was taken. */
  mfaAt?: Date | null;
  /** When a link from a mail was used. */
  linkAt?: Date | null;
}

/** Opens a browser session inside the caller's transaction; the token goes into the cookie and nowhere else. */
export async function openSession(
  tx: Tx,
  person: { id: string; roles: Role[] },
  userAgent: string | null,
  { token = newToken(), mfaAt = null, linkAt = null }: Opening = {},
): Promise<{ token: string; endsLatestAt: Date }> {
  const life = sessionLife(person.roles);
  const now = Date.now();
  const endsLatestAt = new Date(now + life.absoluteMs);
  await tx.session.create({
    data: {
      tokenHash: sha256(token),
      personId: person.id,
      userAgent: userAgent?.slice(0, 300) ?? null,
      endsAt: new Date(now + life.idleMs),
      endsLatestAt,
      mfaAt,
      linkAt,
    },
  });
  return { token, endsLatestAt };
}
