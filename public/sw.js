// Without a line, a page of the portal answers with what is known offline. Pages of a person are kept only where that
// person asked for it ("Keep on this phone"); this worker never puts one away by itself.
const SHELL = "valvia-shell-1";
const KEPT = "valvia-kept-";
const DAY_MS = 86_400_000;
const localeOf = (pathname) => /^\/(en|de|zh|ru|ar)(?=\/|$)/.exec(pathname)?.[1] ?? "en";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(answer(event, pathname));
  else if (pathname.endsWith(".css"))
    event.respondWith(fetch(request).catch((lost) => knownStyle(request, lost)));
});

async function install() {
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const locales = new Set(["en", ...open.map((client) => localeOf(new URL(client.url).pathname))]);
  for (const locale of locales) await fill(locale);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys())
    if (name.startsWith("valvia-shell-") && name !== SHELL) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** Puts away the two public pages that help without a line, and how they look. */
async function fill(locale) {
  const shell = await caches.open(SHELL);
  const known = await shell.match(`/${locale}/offline`);
  if (known && Date.now() - Date.parse(known.headers.get("date")) < DAY_MS) return;
  for (const page of [`/${locale}/emergency`, `/${locale}/offline`]) {
    const found = await fetch(page, { credentials: "omit" });
    if (!found.ok) return;
    const html = await found.clone().text();
    for (const [, style] of html.matchAll(/href="(\/_next\/static\/[^"]+\.css)[^"]*"/g))
      await shell.add(style);
    await shell.put(page, found);
  }
}

async function answer(event, pathname) {
  try {
    const found = (await event.preloadResponse) ?? (await fetch(event.request));
    // A helper's work: a line too thin for it takes nothing away from the page that was asked for.
    event.waitUntil(fill(localeOf(pathname)).catch(() => undefined));
    return found;
  } catch (lost) {
    return (await keptCopy(pathname)) ?? (await offlinePage(pathname)) ?? Promise.reject(lost);
  }
}

async function knownStyle(request, lost) {
  return (await caches.match(request, { ignoreSearch: true })) ?? Promise.reject(lost);
}

async function keptCaches() {
  return Promise.all(
    (await caches.keys()).filter((name) => name.startsWith(KEPT)).map((name) => caches.open(name)),
  );
}

/** A kept copy that is not too old; one that is goes. */
async function keptCopy(pathname) {
  for (const cache of await keptCaches()) {
    const copy = await cache.match(pathname, { ignoreSearch: true });
    if (!copy) continue;
    if (Number(copy.headers.get("x-valvia-until")) > Date.now()) return copy;
    await cache.delete(pathname);
  }
  return null;
}

/** The offline page, or the emergency page where that was asked for, with links to what is kept on this phone. */
async function offlinePage(pathname) {
  const locale = localeOf(pathname);
  const page = pathname.endsWith("/emergency") ? "emergency" : "offline";
  const shell = await caches.open(SHELL);
  const found = (await shell.match(`/${locale}/${page}`)) ?? (await shell.match(`/en/${page}`));
  if (!found) return null;
  // Its scripts could take the links away again, and cannot be relied on without a line.
  const html = (await found.text())
    .replaceAll(/<script\b[\s\S]*?<\/script>/g, "")
    .replace('<ul data-kept-pages="true"></ul>', `<ul>${await keptLinks()}</ul>`);
  return new Response(html, { status: 503, headers: found.headers });
}

async function keptLinks() {
  const links = [];
  for (const cache of await keptCaches())
    for (const request of await cache.keys()) {
      const title = (await cache.match(request)).headers.get("x-valvia-title");
      if (title)
        links.push(
          `<li><a class="link" href="${new URL(request.url).pathname}">${decodeURIComponent(title)}</a></li>`,
        );
    }
  return links.join("");
}
