import { headers } from "next/headers";
import type { SessionAnswer } from "@/components/people/session-answer";
import { actionLocale } from "@/i18n/action-locale";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { clearPendingCookie, pendingToken, setSessionCookie } from "@/lib/infra/auth-cookies";
import { refusalWords } from "@/lib/infra/refusal-words";
import { currentOwner, refuseForeignPost } from "@/lib/infra/session";
import { confirmByPasskey } from "@/lib/people/confirm-person";
import { type FinishedSignIn, readPendingSignIn } from "@/lib/people/finish-sign-in";
import { passkeyDoorForm, type PasskeyProof } from "@/lib/people/forms";
import { homeOf, safeNext } from "@/lib/people/person";
import { finishByPasskey, signInByPasskey } from "@/lib/people/sign-in-passkey";
import { startProof } from "@/lib/people/start-passkey";

type Door = "sign_in" | "second" | "confirm";

/** A passkey in three places: instead of a password, after one, and once more before money or rights move. */
export async function POST(request: Request): Promise<Response> {
  await refuseForeignPost();
  const asked = passkeyDoorForm.safeParse(await request.json());
  if (!asked.success) return told(await no("passkey_refused"));
  const { purpose, response, next } = asked.data;
  if (response === undefined) return start(purpose);
  return told(purpose === "confirm" ? await confirm(response) : await enter(purpose, response, next ?? null));
}

/** What the browser is asked to sign; nothing to a stranger who waits for no second step. */
async function start(purpose: Door): Promise<Response> {
  const now = new Date();
  if (purpose === "sign_in") return told(await startProof(null, now));
  const token = await pendingToken();
  const pending = purpose === "second" && token ? await readPendingSignIn(token, now) : null;
  const here = purpose === "confirm" ? await currentOwner() : null;
  const personId = pending?.personId ?? here?.owner.personId;
  return personId ? told(await startProof(personId, now)) : new Response(null, { status: 401 });
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

function told(answer: object): Response {
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}
