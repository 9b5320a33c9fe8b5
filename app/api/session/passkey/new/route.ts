import { headers } from "next/headers";
import { actionLocale } from "@/i18n/action-locale";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { clientAddress } from "@/lib/infra/client-address";
import { spend } from "@/lib/infra/rate-limit";
import { refusalCode, refusalWords } from "@/lib/infra/refusal-words";
import { currentOwner } from "@/lib/infra/session";
import { sessionDoor } from "@/lib/infra/session-door";
import { addPasskey } from "@/lib/people/add-passkey";
import { addPasskeyForm } from "@/lib/people/forms";
import { startRegistration } from "@/lib/people/start-passkey";

/** An empty body asks what to make a passkey from; the second one brings it. */
export const POST = sessionDoor(async (sent) => {
  const here = await currentOwner();
  const sessionId = here?.identity.sessionId;
  if (!here || !sessionId) return new Response(null, { status: 401 });
  const retryAfter = await spend("passkey_person", here.owner.personId);
  if (retryAfter) return tooMany(retryAfter);
  const now = new Date();
  if (!hasResponse(sent)) return told(await startRegistration(here.owner, now));
  const form = addPasskeyForm.safeParse(sent);
  const from = { sessionId, address: clientAddress(await headers()) };
  const added: Outcome<{ codes: string[] }> = form.success
    ? await addPasskey(here.owner, form.data, from, now)
    : refused("invalid");
  if (added.ok) return told({ state: "added", codes: added.value.codes });
  const message = await refusalWords(await actionLocale(), added);
  return told({ state: "refused", code: refusalCode(added), message });
});

function hasResponse(sent: unknown): boolean {
  return typeof sent === "object" && sent !== null && "response" in sent;
}

async function tooMany(retryAfter: number): Promise<Response> {
  const message = await refusalWords(await actionLocale(), refused("too_many"));
  return told({ state: "refused", code: "too_many", message }, retryAfter);
}

function told(answer: object, retryAfter: number | null = null): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  if (retryAfter !== null) headers.set("retry-after", String(retryAfter));
  return Response.json(answer, { status: retryAfter === null ? 200 : 429, headers });
}
