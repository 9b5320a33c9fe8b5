import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentIdentity, pathOf } from "./session";

/**
 * Whoever opens a download of a page after their session has ended signs in and comes back to that page; the download
 * itself would leave them before an empty window. A program is sent nowhere: it gets the route's own answer.
 */
export async function leadBrowserToSignIn(): Promise<void> {
  if (!(await isOpenedByBrowser()) || (await currentIdentity())) return;
  const [file = "", query] = (await pathOf()).split("?");
  // What was chosen on the page stands in the query of its download: the page reads it by the same names.
  const page = file.slice(0, file.lastIndexOf("/")) + (query ? `?${query}` : "");
  const [, locale = "en"] = page.split("/");
  redirect(`/${locale}/signin?next=${encodeURIComponent(page)}`);
}

async function isOpenedByBrowser(): Promise<boolean> {
  const sent = await headers();
  const mode = sent.get("sec-fetch-mode");
  // Browsers say how they ask only where the line is safe; a page is what they wish for everywhere.
  return mode === null ? (sent.get("accept") ?? "").includes("text/html") : mode === "navigate";
}
