import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spokenState } from "@/components/shell/spoken-state";
import { speakWhereBare } from "@/lib/infra/bare-page";

const BARE = '<!DOCTYPE html><html id="__next_error__"><head></head><body><script>1</script></body></html>';
const WHOLE = "<!DOCTYPE html><html><head></head><body><main>Here I am.</main></body></html>";

/** Answers as the framework does: "/en/404/packed/bare". */
const server = createServer((request, response) => {
  const [path = ""] = (request.url ?? "").split("?");
  const [, , status, packing, body] = path.split("/");
  const type = body === "data" ? "application/json" : "text/html; charset=utf-8";
  speakWhereBare(request, response, spokenState);
  response.statusCode = Number(status);
  response.setHeader("content-type", type);
  response.setHeader("link", '</_next/static/chunks/a1.css>; rel=preload; as="style"');
  const page = body === "bare" ? BARE : WHOLE;
  const bytes = packing === "packed" ? gzipSync(page) : Buffer.from(page);
  if (packing === "packed") response.setHeader("content-encoding", "gzip");
  response.flushHeaders();
  response.write(bytes.subarray(0, 20));
  response.end(bytes.subarray(20));
});
let base = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

async function read(path: string, given: RequestInit = {}) {
  const answer = await fetch(`${base}${path}`, given);
  return { status: answer.status, body: await answer.text() };
}

describe("a page that is empty without a script", () => {
  it.each(["plain", "packed"])(
    "says that it is not here, in the language of its address, when %s",
    async (how) => {
      const { status, body } = await read(`/ar/404/${how}/bare?next=<i>`);
      expect(status).toBe(404);
      const [, told = ""] = /<body><noscript>(.*)<\/noscript><script>/.exec(body) ?? [];
      expect(told).toContain('<link rel="stylesheet" href="/_next/static/chunks/a1.css">');
      expect(told).toContain('lang="ar" dir="rtl"');
      expect(told).toContain(">هذه الصفحة غير موجودة هنا</h1>");
      expect(told).not.toContain("<i>");
    },
  );

  it("says that it failed, what is kept, and whom to call", async () => {
    const { status, body } = await read("/en/500/packed/bare");
    expect(status).toBe(500);
    expect(body).toContain(">Something went wrong on our side</h1>");
    expect(body).toContain("Everything you saved or sent before is safe.");
    expect(body).toMatch(/call \u2066\+/);
  });
});

it("leaves every other answer as it is", async () => {
  for (const path of ["/en/404/packed/whole", "/en/500/plain/data", "/en/200/plain/whole"])
    expect([path, (await read(path)).body]).toEqual([path, WHOLE]);
  expect((await read("/en/200/packed/bare")).body).toBe(BARE);
  expect((await read("/en/404/plain/bare", { headers: { rsc: "1" } })).body).toBe(BARE);
});
