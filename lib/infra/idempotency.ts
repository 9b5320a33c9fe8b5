import "server-only";
import { openDb } from "./db";
import { isUniqueViolation } from "./db-errors";
import { sha256 } from "./hash";
import { Problem } from "./problem";

interface Asked {
  personId: string;
  key: string;
  route: string;
  body: string;
}

const ABANDONED_MS = 60_000;

/**
 * The answer kept for this key, or null when this request is the first and now holds the key.
 * Throws 422 for another request under the same key, 409 while the first is still running.
 */
export async function keptAnswer(asked: Asked): Promise<Response | null> {
  const requestHash = sha256(`${asked.route}\n${asked.body}`);
  const { personId, key, route } = asked;
  try {
    await openDb().idempotencyKey.create({ data: { personId, key, route, requestHash } });
    return null;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  const kept = await openDb().idempotencyKey.findUnique({ where: { personId_key: { personId, key } } });
  if (!kept) return keptAnswer(asked);
  if (kept.requestHash !== requestHash) throw new Problem(422, "idempotency_key_reused");
  if (kept.status !== null) return replay(kept.status, kept.answer, kept.location);
  // A crash left the key without an answer: the verbs below are safe to run again.
  const abandonedBefore = new Date(Date.now() - ABANDONED_MS);
  const { count } = await openDb().idempotencyKey.updateMany({
    where: { personId, key, answeredAt: null, createdAt: { lt: abandonedBefore } },
    data: { createdAt: new Date() },
  });
  if (count === 1) return null;
  throw new Problem(409, "idempotency_in_progress");
}

function replay(status: number, answer: unknown, location: string | null): Response {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  const headers = new Headers({
    "content-type": type,
    "cache-control": "no-store",
    "idempotent-replayed": "true",
  });
  if (location) headers.set("location", location);
  return new Response(JSON.stringify(answer), { status, headers });
}

export async function keepAnswer(personId: string, key: string, answer: Response): Promise<void> {
  const text = storable(await answer.text());
  await openDb().idempotencyKey.updateMany({
    where: { personId, key },
    data: {
      status: answer.status,
      answer: text ? JSON.parse(text) : {},
      location: answer.headers.get("location"),
      answeredAt: new Date(),
    },
  });
}

/** JSON the database can keep: an error may repeat what was typed, and neither NUL nor half characters fit in there. */
function storable(json: string): string {
  return json.replaceAll(/\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, String.raw`\ufffd`);
}

export async function dropKey(personId: string, key: string): Promise<void> {
  await openDb().idempotencyKey.deleteMany({ where: { personId, key } });
}
