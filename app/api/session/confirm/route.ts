import type { SessionAnswer } from "@/components/people/session-answer";
import { actionLocale } from "@/i18n/action-locale";
import { refused } from "@/lib/kernel/outcome";
import { refusalWords } from "@/lib/infra/refusal-words";
import { currentOwner } from "@/lib/infra/session";
import { sessionDoor } from "@/lib/infra/session-door";
import { confirmPerson } from "@/lib/people/confirm-person";
import { secondStepForm } from "@/lib/people/forms";

/** The second step once more in a browser that is signed in, before money or rights move. */
export const POST = sessionDoor(async (sent) => {
  const here = await currentOwner();
  const typed = secondStepForm.safeParse(sent);
  const sessionId = here?.identity.sessionId;
  const confirmed =
    here && sessionId && typed.success
      ? await confirmPerson(here.owner, sessionId, typed.data.code, new Date())
      : refused(here ? "wrong_code" : "unauthorized");
  const answer: SessionAnswer = confirmed.ok
    ? { state: "in", personId: here?.owner.personId ?? "" }
    : { state: "refused", message: await refusalWords(await actionLocale(), confirmed) };
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
});
