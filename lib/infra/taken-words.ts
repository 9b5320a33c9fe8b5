import "server-only";
import { cookies, headers } from "next/headers";
import { TAKEN_COOKIE, TAKEN_SECONDS } from "@/lib/kernel/taken-cookie";
import { isSecure } from "./auth-cookies";

/**
 * Before an action of a form that keeps its words goes on to another page. A form that was posted by the browser itself may have
 * woken on the way and written its words down; nothing on the next page says that they arrived, so this does.
 */
export async function noteTaken(): Promise<void> {
  const sent = await headers();
  // Sent by its scripts: they know themselves.
  if (sent.has("next-action")) return;
  const from = sent.get("referer");
  if (from === null || !URL.canParse(from)) return;
  const jar = await cookies();
  const how = { path: "/", sameSite: "lax", secure: isSecure(), maxAge: TAKEN_SECONDS } as const;
  jar.set(TAKEN_COOKIE, new URL(from).pathname, how);
}
