// Tries deploy/nginx.conf: its cache, and what it says while the product is away, with Debian's nginx in front of a stand-in that tells what it was asked:
// node_modules/.bin/node deploy/try-nginx.mjs (needs apt-get install nginx-light openssl). It ends by itself.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { gunzipSync, gzipSync } from "node:zlib";
import { startNginx } from "./own-nginx.ts";

const PORTS = { http: 4795, https: 4796, bare: 4797 };
const UPSTREAM = 4798;
const asked = [];
let failing = false;
let slow = false;

const LISTS = /^\/\w\w\/(clinics|compare|prices)(\?|$)/;

const product = createServer((message, answer) => {
  const { url = "" } = message;
  if (url.includes("breaks-off")) return void message.socket.destroy();
  asked.push(url);
  if (slow) void wait(400).then(() => tell(message, answer));
  else tell(message, answer);
});

function tell({ url = "", headers }, answer) {
  answer.setHeader("x-seen-cookie", headers.cookie ?? "none");
  answer.setHeader("x-seen-host", headers.host ?? "none");
  answer.setHeader("x-seen-subrequest", headers["x-middleware-subrequest"] ?? "none");
  answer.setHeader("cache-control", url.startsWith("/_next/") ? "public, max-age=31536000" : "no-store");
  answer.setHeader("x-seen-since", headers["x-valvia-refresh"] ?? "none");
  // As the product does for its lists: it tells the cache of each change.
  if (LISTS.test(url) && !url.includes("missing")) answer.setHeader("x-accel-expires", "60");
  if (url.includes("sets-cookie")) answer.setHeader("set-cookie", "valvia=somebody");
  answer.statusCode = failing ? 500 : url.includes("missing") ? 404 : 200;
  const body = `answer ${asked.length}`;
  if (headers["accept-encoding"] !== "gzip") return void answer.end(body);
  answer.setHeader("content-encoding", "gzip").setHeader("content-type", "text/html");
  answer.end(gzipSync(body));
}

function get(path, headers = {}, more = {}) {
  return new Promise((resolve, reject) => {
    const question = request({ host: "127.0.0.1", port: PORTS.bare, path, headers, agent: false, ...more });
    question.once("error", reject);
    question.once("response", (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.once("end", () => {
        const bytes = Buffer.concat(parts);
        const body = String(answer.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes);
        resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers });
      });
    });
    question.end();
  });
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the second of two like requests was answered without asking the product. */
async function isKept(path, headers = {}) {
  await get(path, headers);
  const before = asked.length;
  await get(path, headers);
  return asked.length === before;
}

const promises = {
  "keeps public pages, each set of filters apart": async () => {
    for (const path of ["/en", "/ar/clinics/herzzentrum", "/de/treatments/teer", "/en/clinics?country=DE"])
      assert.ok(await isKept(path), path);
    assert.notEqual((await get("/en/clinics?q=a")).body, (await get("/en/clinics?q=b")).body);
  },
  "keeps one copy of a page whatever stands behind the question mark": async () => {
    assert.equal((await get("/en/emergency?x=1")).body, (await get("/en/emergency?x=2")).body);
  },
  "never keeps signed-in pages, answers of the API, paper checks or what is not there": async () => {
    const never = ["/en/my", "/en/desk/cases", "/ar/signin", "/en/start", "/en/check/abc"];
    for (const path of [...never, "/api/v1/clinics", "/api/session", "/en/clinics/missing"])
      assert.ok(!(await isKept(path)), path);
  },
  "never meets a request with a session, a draft or a token": async () => {
    const secrets = [
      { cookie: "__Host-valvia=x" },
      { cookie: "valvia_zone=UTC; valvia_draft=x" },
      { rsc: "1" },
    ];
    await get("/en/treatments");
    for (const headers of [...secrets, { authorization: "Bearer x" }])
      assert.ok(!(await isKept("/en/treatments", headers)), JSON.stringify(headers));
    assert.ok(await isKept("/en/treatments", { cookie: "valvia_zone=Europe/Berlin" }));
  },
  "shows nobody an answer that was made for a cookie": async () => {
    await get("/en/devices", { cookie: "valvia=secret" });
    assert.equal((await get("/en/devices")).headers["x-seen-cookie"], "none");
  },
  "never keeps or hands on a Set-Cookie": async () => {
    const path = "/en/clinics/sets-cookie";
    assert.ok(!(await isKept(path)));
    assert.equal((await get(path)).headers["x-cache"], "MISS");
  },
  "shows a change of a page within two seconds": async () => {
    const before = (await get("/en/treatments/tavi")).body;
    const since = Date.now();
    while ((await get("/en/treatments/tavi")).body === before) await wait(50);
    assert.ok(Date.now() - since <= 2_000, `${Date.now() - since} ms`);
  },
  "keeps a list until it is told of a change, and hands the old one out meanwhile": async () => {
    const list = "/en/clinics?treatment=teer&country=DE";
    const before = (await get(list)).body;
    await wait(2_500);
    assert.equal((await get(list)).body, before);
    slow = true;
    const anew = get(list, { "x-valvia-refresh": "1700000000" });
    await wait(100);
    assert.equal((await get(list)).body, before);
    const { body, headers } = await anew;
    slow = false;
    assert.equal(headers["x-seen-since"], "1700000000");
    assert.notEqual(body, before);
    assert.equal((await get(list)).body, body);
  },
  "asks once for a list many want at the same time": async () => {
    const before = asked.length;
    await Promise.all(Array.from({ length: 20 }, () => get("/en/clinics?country=TR")));
    assert.equal(asked.length, before + 1);
  },
  "gives one kept copy to who reads gzip and to who does not": async () => {
    const packed = await get("/en/clinics?country=IL", { "accept-encoding": "gzip, br" });
    const before = asked.length;
    const plain = await get("/en/clinics?country=IL");
    assert.equal(packed.headers["content-encoding"], "gzip");
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.deepEqual([plain.body, asked.length], [packed.body, before]);
  },
  "keeps no list the product gives no time for": async () => {
    assert.ok(!(await isKept("/en/clinics?q=missing")));
  },
  "shows nobody a page that lay unread for a quarter of a minute": async () => {
    const before = (await get("/ru")).body;
    await wait(14_000);
    assert.notEqual((await get("/ru")).body, before);
  },
  "shows the last good page while the product fails": async () => {
    const before = (await get("/de")).body;
    const list = (await get("/de/clinics")).body;
    failing = true;
    await wait(1_200);
    assert.equal((await get("/de")).body, before);
    assert.equal((await get("/de/clinics")).body, list);
    failing = false;
  },
  "says in the reader's language that the house is closed while the product is away": async () => {
    const closed = await get("/en/my/breaks-off");
    assert.equal(closed.status, 503);
    assert.equal(closed.headers["retry-after"], "60");
    assert.equal(closed.headers["cache-control"], "no-store");
    assert.match(closed.body, /<html lang="en"[^]*We are working on Valvia/);
    assert.match((await get("/ar/my/breaks-off")).body, /<html lang="ar" dir="rtl"/);
    assert.equal((await get("/en/my/breaks-off", {}, { method: "POST" })).status, 503);
  },
  "answers programs with data while the product is away": async () => {
    const { status, body, headers } = await get("/api/v1/breaks-off");
    assert.equal(status, 503);
    assert.equal(headers["content-type"], "application/problem+json");
    assert.equal(JSON.parse(body).code, "unavailable");
  },
  "leaves the product's own answers as they are": async () => {
    failing = true;
    const { status, body } = await get("/en/my");
    failing = false;
    assert.equal(status, 500);
    assert.match(body, /^answer/);
  },
  "closes on purpose while a file stands there": async () => {
    writeFileSync(nginx.closed, "");
    const during = await get("/en/treatments");
    rmSync(nginx.closed);
    assert.equal(during.status, 503);
    assert.match(during.body, /We are working on Valvia/);
    assert.equal((await get("/en/treatments")).status, 200);
  },
  "asks a network that wants hundreds of pages at once to wait, and nobody else": async () => {
    const far = { localAddress: "127.0.0.2" };
    const answers = await Promise.all(Array.from({ length: 500 }, () => get("/en/my", {}, far)));
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(refused.length >= 50 && refused.length <= 200, `${refused.length} refused`);
    assert.equal(refused[0]?.headers["retry-after"], "60");
    assert.match(refused[0]?.body ?? "", /That was too quick for us/);
    assert.equal((await get("/en/my", {}, { localAddress: "127.0.0.3" })).status, 200);
    const inside = await Promise.all(Array.from({ length: 500 }, () => get("/en/my")));
    assert.ok(inside.every(({ status }) => status === 200));
  },
  "keeps files named by their content": async () => {
    assert.ok(await isKept("/_next/static/chunks/a.js", { cookie: "valvia=x" }));
  },
  "tells the product its own name and none of Next's inner headers": async () => {
    const { headers } = await get("/en/who-pays-us", {
      host: "evil.example",
      "x-middleware-subrequest": "a",
    });
    assert.equal(headers["x-seen-host"], "care.example.org");
    assert.equal(headers["x-seen-subrequest"], "none");
  },
  "keeps the figures of the process to itself": async () => {
    assert.equal((await get("/api/metrics")).status, 403);
    assert.equal((await get("/api/pages/renew")).status, 404);
  },
};

await new Promise((resolve) => product.listen(UPSTREAM, "127.0.0.1", resolve));
const nginx = await startNginx({ upstream: UPSTREAM, ports: PORTS });
try {
  for (const [promise, holds] of Object.entries(promises)) {
    await holds();
    process.stdout.write(`✓ ${promise}\n`);
  }
} finally {
  await nginx.stop();
  product.close();
  product.closeAllConnections();
}
