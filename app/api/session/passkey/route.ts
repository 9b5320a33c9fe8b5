import { headers } from "next/headers";
import type { SessionAnswer } from "@/components/people/session-answer";
import { actionLocale } from "@/i18n/action-locale";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { clearPendingCookie, pendingToken, setSessionCookie } from "@/lib/infra/auth-cookies";
import { clientAddress } from "@/lib/infra/client-address";
import { spend } from "@/lib/infra/rate-limit";
import { refusalWords } from "@/lib/infra/refusal-words";
import { currentOwner } from "@/lib/infra/session";
import { sessionDoor } from "@/lib/infra/session-door";
import { confirmByPasskey } from "@/lib/people/confirm-person";
import { type FinishedSignIn, readPendingSignIn } from "@/lib/people/finish-sign-in";
import { passkeyDoorForm, type PasskeyProof } from "@/lib/people/forms";
import { homeOf, safeNext } from "@/lib/people/person";
import { finishByPasskey, signInByPasskey } from "@/lib/people/sign-in-passkey";
import { startProof } from "@/lib/people/start-passkey";

type Door = "sign_in" | "second" | "confirm";

/** A passkey in three places: instead of a password, after one, and once more before money or rights move. */
export const POST = sessionDoor(async (sent) => {
  const asked = passkeyDoorForm.safeParse(sent);
  if (!asked.success) return told(await no("passkey_refused"));
  const { purpose, response, next } = asked.data;
  const personId = await personOf(purpose);
  // Nothing is asked of a stranger who waits for no second step.
  if (personId === null && purpose !== "sign_in" && response === undefined)
    return new Response(null, { status: 401 });
  const retryAfter = await tooSoon(personId);
  if (retryAfter) return told(await no("too_many"), retryAfter);
  if (response === undefined) return told(await startProof(personId, new Date()));
  return told(purpose === "confirm" ? await confirm(response) : await enter(purpose, response, next ?? null));
});

/** Whose passkey must answer; null for whoever signs in by it alone. */
async function personOf(purpose: Door): Promise<string | null> {
  if (purpose === "sign_in") return null;
  if (purpose === "confirm") return (await currentOwner())?.owner.personId ?? null;
  const token = await pendingToken();
  return (token && (await readPendingSignIn(token, new Date()))?.personId) || null;
}

/** Seconds to wait: each question costs a row, each answer a signature. */
async function tooSoon(personId: string | null): Promise<number | null> {
  if (personId !== null) return spend("passkey_person", personId);
  return spend("passkey_address", clientAddress(await headers()));
}

async function enter(
  purpose: "sign_in" | "second",
  proof: PasskeyProof,
  next: string | null,
): Promise<SessionAnswer> {
  const userAgent = (await headers()).get("user-agent");
  const token = await pendingToken();
  const entered: Outcome<FinishedSignIn> =
    purpose === "sign_in"
      ? await signInByPasskey(proof, { userAgent, next }, new Date())
      : token
        ? await finishByPasskey(token, proof, userAgent, new Date())
        : refused("sign_in_over");
  if (!entered.ok) return no(entered.reason);
  const { value } = entered;
  await clearPendingCookie();
  await setSessionCookie(value.token, value.endsLatestAt);
  const to = safeNext(value.next, homeOf(value.roles, await actionLocale()));
  return { state: "in", personId: value.personId, to };
}

async function confirm(proof: PasskeyProof): Promise<SessionAnswer> {
  const here = await currentOwner();
  const sessionId = here?.identity.sessionId;
  if (!here || !sessionId) return no("unauthorized");
  const confirmed = await confirmByPasskey(here.owner, sessionId, proof, new Date());
  return confirmed.ok ? { state: "in", personId: here.owner.personId } : no(confirmed.reason);
}

async function no(reason: string): Promise<SessionAnswer> {
  const state = reason === "sign_in_over" ? "over" : "refused";
  return { state, message: await refusalWords(await actionLocale(), refused(reason)) };
}

function told(answer: object, retryAfter: number | null = null): Response {
  const sent = new Headers({ "cache-control": "no-store" });
  if (retryAfter !== null) sent.set("retry-after", String(retryAfter));
  return Response.json(answer, { status: retryAfter === null ? 200 : 429, headers: sent });
}
