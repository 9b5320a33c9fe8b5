import { type APIRequestContext, expect, test } from "@playwright/test";

/** Lists of centres have endless addresses: each page is asked once, whatever its filters. */
const pathOf = (link: string) => link.replaceAll("&amp;", "&").split(/[?#]/)[0] ?? "";

async function linksOf(request: APIRequestContext, path: string): Promise<string[]> {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  if (!(answer.headers()["content-type"] ?? "").includes("html")) return [];
  const html = await answer.text();
  return [...html.matchAll(/<a\b[^>]*? href="(\/[^"]*)"/g)].map(([, link = ""]) => pathOf(link));
}

test("no link of a public page leads nowhere, in English and Arabic", async ({ request }) => {
  test.setTimeout(180_000);
  const waiting = ["/en", "/ar", "/robots.txt", "/sitemap.xml", "/developers"];
  const known = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const link of await linksOf(request, path)) {
      // The other languages share these pages; one look at each of their homes is enough.
      if (known.has(link) || /^\/(de|zh|ru)\/./.test(link)) continue;
      known.add(link);
      waiting.push(link);
    }
  }
  expect(known.size).toBeGreaterThan(200);
});

test("a page that is not translated names the English one as its own", async ({ request }) => {
  const canonical = async (path: string) =>
    (await (await request.get(path)).text()).match(/rel="canonical" href="[^"]*?(\/[a-z]{2}[^"]*)"/)?.[1];
  expect(await canonical("/ar")).toBe("/ar");
  expect(await canonical("/ar/treatments/teer")).toBe("/ar/treatments/teer");
  expect(await canonical("/de/treatments/teer")).toBe("/en/treatments/teer");
  expect(await canonical("/en/countries/de")).toBe("/en/countries/DE");
});
