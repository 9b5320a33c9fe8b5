import type { SessionAnswer } from "@/components/people/session-answer";

/** Sends one step of a sign-in from a page that stays open; null when no answer came. */
export async function sendToSession(path: string, body: object): Promise<SessionAnswer | null> {
  const answer = await postJson(path, body);
  if (answer === null) return null;
  // Our own route answers in this shape.
  return answer as SessionAnswer;
}

export async function postJson(path: string, body: object): Promise<unknown> {
  const answer = await knock(path, body);
  return answer !== null && isTold(answer) ? answer.told : null;
}

/** What came back: `told` only where it is in the shape of the door. */
export interface Answer {
  status: number;
  told?: unknown;
}

export const isTold = (answer: Answer): answer is Required<Answer> => "told" in answer;

/** Null where no answer came at all. */
export async function knock(path: string, body: object): Promise<Answer | null> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: "POST",
      cache: "no-store",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    // fetch rejects only when no answer came at all: that is what the caller shows.
    return null;
  }
  const { status } = answer;
  // Too often: told in the same shape, with the sentence to show.
  return answer.ok || status === 429 ? { status, told: await answer.json() } : { status };
}
