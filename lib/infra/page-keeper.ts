import "server-only";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { Agent, request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { onCatalogueNews } from "./catalogue-news";
import { env } from "./env";
import { KEPT_S, type KeptPage, PageRegister, showing } from "./kept-pages";
import { log } from "./log";

/** Lists are made for each set of filters and cost most: these a cache may keep until we tell it of a change. */
const LISTS = /^\/(?:en|de|zh|ru|ar)\/(?:clinics|compare|prices)(?:\?|$)/;
/** The reader's time zone: public pages never look at it. */
const HARMLESS_COOKIE = /^valvia_zone=[^;]*$/;
const REFRESH = "x-valvia-refresh";
const OWN_KEY = "x-valvia-own";
const WITHIN_MS = 10_000;
const RENEW_AFTER_MS = 1_000;

const shared = globalThis as typeof globalThis & { valviaOwnKey?: string };

/** Known to this process alone: with it the process asks itself for what only a request can do. */
function ownKey(): string {
  shared.valviaOwnKey ??= randomBytes(32).toString("hex");
  return shared.valviaOwnKey;
}

export function isOwnAsk(headers: Headers): boolean {
  const given = Buffer.from(headers.get(OWN_KEY) ?? "");
  const wanted = Buffer.from(ownKey());
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Wraps the answering of a request: what is kept in front of us, and how long, is decided here. */
export type Keeper = (
  server: Server,
  told: [IncomingMessage, ServerResponse],
  answer: () => boolean,
) => boolean;

/** Follows the catalogue for as long as this process lives. */
export function keepPages(): Keeper {
  const caches = env().PAGE_CACHES;
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const register = new PageRegister({
    ask: async (address, askedAt) => {
      const headers = { [REFRESH]: String(Math.floor(askedAt / 1_000)), "accept-encoding": "gzip" };
      await Promise.all(caches.map((cache) => reach(new URL(address, cache), { agent, headers })));
    },
    now: () => Date.now(),
    failed: (error) => log.error({ error }, "a kept page was not made anew"),
  });
  let own: Server | null = null;
  const renew = renewing(() => own);
  onCatalogueNews((news) => {
    if (caches.length > 0) register.tell(news);
    if ("centres" in news) renew();
  });
  return (server, [request, response], answer) => {
    own ??= server;
    if (caches.length === 0 || !mayBeKept(request)) return answer();
    const since = Number(request.headers[REFRESH]);
    const page = register.begin(request.url ?? "/", since > 0 ? since * 1_000 : null);
    keepWhenGood(page, response, register);
    return showing().run(page, answer);
  };
}

/** Never an answer to somebody: no cookie but the time zone, no token, none of React's own requests. */
function mayBeKept({ method, url = "", headers }: IncomingMessage): boolean {
  if (method !== "GET" || headers.rsc !== undefined || headers.authorization !== undefined) return false;
  return LISTS.test(url) && (headers.cookie === undefined || HARMLESS_COOKIE.test(headers.cookie));
}

/** Only a whole page made from centres we know gets a lifetime; a cache in front takes the header for itself. */
function keepWhenGood(page: KeptPage, response: ServerResponse, register: PageRegister): void {
  const writeHead = response.writeHead.bind(response) as (...said: unknown[]) => ServerResponse;
  response.writeHead = (...said: unknown[]) => {
    if (said[0] === 200 && page.isKnown && !response.hasHeader("set-cookie")) {
      const left = KEPT_S - Math.floor((page.begunAt - page.askedAt) / 1_000);
      response.setHeader("x-accel-expires", String(Math.max(1, left)));
      register.keep(page);
    }
    return writeHead(...said);
  };
  response.once("close", () => {
    page.finishedAt = Date.now();
  });
}

/** Pages Next keeps in this process, made anew at most once a second however many changes come. */
function renewing(own: () => Server | null): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      const at = own()?.address();
      if (!at || typeof at === "string") return;
      const host = /^(::|0\.0\.0\.0)$/.test(at.address) ? "127.0.0.1" : at.address;
      const url = new URL("/api/pages/renew", `http://${host.includes(":") ? `[${host}]` : host}:${at.port}`);
      reach(url, { method: "POST", headers: { [OWN_KEY]: ownKey() } }).catch((error: unknown) =>
        log.error({ error }, "public pages were not made anew"),
      );
    }, RENEW_AFTER_MS).unref();
  };
}

interface Asking {
  method?: string;
  agent?: Agent;
  headers: Record<string, string>;
}

function reach(url: URL, asking: Asking): Promise<void> {
  return new Promise((resolve, reject) => {
    const question = ask(url, { ...asking, timeout: WITHIN_MS }, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.resume().once("end", () => {
        if (status >= 200 && status < 400) resolve();
        else reject(new Error(`${url.pathname} answered ${status}.`));
      });
    });
    question.once("timeout", () => question.destroy(new Error(`${url.pathname} did not answer in time.`)));
    question.once("error", reject).end();
  });
}
