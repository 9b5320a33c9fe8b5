import { makePasskey } from "@/components/people/passkey-browser";
import { type Answer, isTold, knock } from "@/components/people/send-to-session";

const DOOR = "/api/session/passkey/new";

/** What the door for new passkeys answers, and what is known where it did not. */
export type Added =
  | { state: "added"; codes: string[] }
  | { state: "refused"; code: string; message: string }
  | { state: "signed_out" }
  /** No passkey was made, or it was turned away. */
  | { state: "failed" }
  /** A passkey was made and no word came whether it was taken. */
  | { state: "unsure" };

/** Has this device make a passkey and brings it. */
export async function sendPasskey(form: FormData): Promise<Added> {
  const asked = await knock(DOOR, {});
  if (asked === null || !isTold(asked)) return { state: turnedAway(asked) ?? "failed" };
  const options = asked.told;
  // Our own route answers in this shape when nothing may be asked just now.
  if (typeof options === "object" && options !== null && "state" in options) return options as Added;
  // Our own route answers what the browser's method reads, and then in the shape above.
  const response = await makePasskey(options as Parameters<typeof makePasskey>[0]);
  if (response === null) return { state: "failed" };
  const brought = await knock(DOOR, { ...Object.fromEntries(form), response });
  if (brought !== null && isTold(brought)) return brought.told as Added;
  return { state: turnedAway(brought) ?? "unsure" };
}

/** Who was turned away at the door has nothing added; where the door itself broke, or nothing came back, nobody knows. */
function turnedAway(answer: Answer | null): "signed_out" | "failed" | null {
  if (answer === null || answer.status >= 500) return null;
  return answer.status === 401 ? "signed_out" : "failed";
}
