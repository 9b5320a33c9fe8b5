import { headers } from "next/headers";
import type { SessionAnswer } from "@/components/people/session-answer";
import { actionLocale } from "@/i18n/action-locale";
import { type Refused, refused } from "@/lib/kernel/outcome";
import {
  clearPendingCookie,
  pendingToken,
  setPendingCookie,
  setSessionCookie,
} from "@/lib/infra/auth-cookies";
import { clientAddress } from "@/lib/infra/client-address";
import { refusalWords } from "@/lib/infra/refusal-words";
import { currentIdentity } from "@/lib/infra/session";
import { sessionDoor } from "@/lib/infra/session-door";
import { finishSignIn } from "@/lib/people/finish-sign-in";
import { secondStepForm, type SignInForm, signInForm } from "@/lib/people/forms";
import { signIn } from "@/lib/people/sign-in";

/** Whether this browser is still signed in: a form asks before it is sent, so that nothing typed is lost. */
export async function GET(): Promise<Response> {
  const identity = await currentIdentity();
  return told({ isSignedIn: identity !== null, personId: identity?.personId ?? null });
}

/**
 * Signs in without leaving the page: address and password, or the code of the second step. A route and no action: after
 * an action that sets a cookie the page is drawn anew, and half signed in that would be the sign-in page.
 */
export const POST = sessionDoor(async (sent) => {
  const typed = signInForm.safeParse(sent);
  if (typed.success) return told(await firstStep(typed.data));
  const code = secondStepForm.safeParse(sent);
  return told(code.success ? await secondStep(code.data.code) : await no(refused("wrong_password")));
});

async function firstStep(form: SignInForm): Promise<SessionAnswer> {
  const sent = await headers();
  const signed = await signIn(form, { address: clientAddress(sent), userAgent: sent.get("user-agent") });
  if (!signed.ok) return no(signed);
  const { value } = signed;
  if (value.state === "held") {
    await setPendingCookie(value.token, value.heldUntil);
    return { state: "code" };
  }
  await setSessionCookie(value.token, value.endsLatestAt);
  return { state: "in", personId: value.person.id };
}

async function secondStep(code: string): Promise<SessionAnswer> {
  const token = await pendingToken();
  const userAgent = (await headers()).get("user-agent");
  const finished = token ? await finishSignIn(token, code, userAgent, new Date()) : refused("sign_in_over");
  if (!finished.ok) return no(finished);
  await clearPendingCookie();
  await setSessionCookie(finished.value.token, finished.value.endsLatestAt);
  return { state: "in", personId: finished.value.personId };
}

async function no(refusal: Refused): Promise<SessionAnswer> {
  const state = refusal.reason === "sign_in_over" ? "over" : "refused";
  return { state, message: await refusalWords(await actionLocale(), refusal) };
}

function told(answer: object): Response {
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}
