import { headers } from "next/headers";
import { actionLocale } from "@/i18n/action-locale";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { clientAddress } from "@/lib/infra/client-address";
import { refusalCode, refusalWords } from "@/lib/infra/refusal-words";
import { currentOwner, refuseForeignPost } from "@/lib/infra/session";
import { addPasskey } from "@/lib/people/add-passkey";
import { addPasskeyForm } from "@/lib/people/forms";
import { startRegistration } from "@/lib/people/start-passkey";

/** An empty body asks what to make a passkey from; the second one brings it. */
export async function POST(request: Request): Promise<Response> {
  await refuseForeignPost();
  const here = await currentOwner();
  const sessionId = here?.identity.sessionId;
  if (!here || !sessionId) return new Response(null, { status: 401 });
  const sent: unknown = await request.json();
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
}

function hasResponse(sent: unknown): boolean {
  return typeof sent === "object" && sent !== null && "response" in sent;
}

function told(answer: object): Response {
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}
