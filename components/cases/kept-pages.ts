/** Caches of pages a person asked to keep on this phone; public/sw.js reads them without a line. */
const PREFIX = "valvia-kept-";
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

export interface KeepablePage {
  /** A path of the portal. */
  path: string;
  title: string;
}

const cacheOf = (personId: string): string => `${PREFIX}${personId}`;

/** What a kept page may do: be read. It carries no script, so it can neither ask nor send anything. */
const READ_ONLY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'";

/** Puts pages away for this person, as they are now; whatever another person kept here goes. */
export async function keepPages(personId: string, pages: readonly KeepablePage[], now: Date): Promise<void> {
  await forgetPages(personId);
  const cache = await caches.open(cacheOf(personId));
  for (const { path, title } of pages) {
    const found = await fetch(path, { cache: "no-store" });
    if (!found.ok || found.redirected) throw new Error(`${path} could not be kept: ${found.status}`);
    const type = found.headers.get("content-type") ?? "application/octet-stream";
    const html = type.startsWith("text/html") ? readOnly(await found.text()) : null;
    for (const style of stylesOf(html ?? "")) await cache.add(style);
    const headers = {
      "content-type": type,
      "content-security-policy": READ_ONLY,
      "x-valvia-title": encodeURIComponent(escapeHtml(title)),
      "x-valvia-until": String(now.getTime() + KEPT_DAYS * DAY_MS),
    };
    await cache.put(path, new Response(html ?? (await found.blob()), { headers }));
  }
}

/** Takes everything kept off this phone but what this person keeps; without a person, everything. */
export async function forgetPages(owner: string | null): Promise<void> {
  if (!("caches" in window)) return;
  const own = owner === null ? null : cacheOf(owner);
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== own);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** When this path was kept for this person, or null. */
export async function isKept(personId: string, path: string): Promise<boolean> {
  if (!(await caches.has(cacheOf(personId)))) return false;
  return (await (await caches.open(cacheOf(personId))).match(path)) !== undefined;
}

function readOnly(html: string): string {
  return html
    .replaceAll(/<script\b[\s\S]*?<\/script>/g, "")
    .replaceAll(/<link\b[^>]*\bas="script"[^>]*>/g, "")
    .replaceAll(/<form\b[\s\S]*?<\/form>/g, "");
}

function stylesOf(html: string): string[] {
  return [...html.matchAll(/href="(\/_next\/static\/[^"]+\.css)[^"]*"/g)].flatMap(([, path]) => path ?? []);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
