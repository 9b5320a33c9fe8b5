import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** What decides which centres a list holds, in which order, and what its facets count. */
export type ListFact = "ranking" | "price" | "days";

/** A change of the catalogue, as the database tells it: what stands on centres' own cards, or a fact of lists. */
export type CatalogueNews = { centres: readonly string[] | "all" } | { lists: ListFact };

/** What an answer was made from: the ids of the centres on it, and what its lists depend on. */
export interface Shown {
  centres: readonly string[] | "all";
  lists: readonly ListFact[];
}

/** One answer for a cache in front of us. */
export interface KeptPage {
  /** Path and query, as asked. */
  readonly address: string;
  readonly begunAt: number;
  /** When a person last asked for it, in ms; asking anew on our own account does not count. */
  readonly askedAt: number;
  readonly centres: Set<string>;
  readonly lists: Set<ListFact>;
  showsAll: boolean;
  /** Whether anything was noted: an answer made from nothing we know of is not kept. */
  isKnown: boolean;
  finishedAt: number | null;
}

/** How long a cache may keep an answer without asking again, whatever we tell it meanwhile. */
export const KEPT_S = 300;
// A cache drops what nobody read for as long again, ten seconds later at most: then there is no copy left to make anew.
const FORGOTTEN_MS = (2 * KEPT_S + 15) * 1_000;
const PAGES_MAX = 5_000;
const NEWS_MS = 10_000;
const AT_ONCE = 2;
const TRIES = 3;
const AGAIN_MS = 500;

const shared = globalThis as typeof globalThis & { valviaShowing?: AsyncLocalStorage<KeptPage> };

/** The answer being made. One for the whole process: bundles of pages each have this module of their own. */
export function showing(): AsyncLocalStorage<KeptPage> {
  shared.valviaShowing ??= new AsyncLocalStorage<KeptPage>();
  return shared.valviaShowing;
}

/** Told by every read of the catalogue; nothing happens outside an answer that may be kept. */
export function noteShown({ centres, lists }: Shown): void {
  const page = showing().getStore();
  if (!page) return;
  page.isKnown = true;
  if (centres === "all") page.showsAll = true;
  else for (const id of centres) page.centres.add(id);
  for (const fact of lists) page.lists.add(fact);
}

interface Wish {
  /** Has every cache fetch an address anew; when people asked for it last is passed on. */
  ask: (address: string, askedAt: number) => Promise<void>;
  now: () => number;
  failed: (error: unknown) => void;
}

/** Remembers which kept answers show what, and has those made anew that a change touches: shown ones first. */
export class PageRegister {
  private readonly pages = new Map<string, KeptPage>();
  private readonly urgent = new Map<string, number>();
  private readonly patient = new Map<string, number>();
  private news: { at: number; news: CatalogueNews }[] = [];
  private running = 0;

  constructor(private readonly wish: Wish) {}

  begin(address: string, askedAt: number | null): KeptPage {
    const begunAt = this.wish.now();
    const isRecent = askedAt !== null && askedAt > begunAt - FORGOTTEN_MS;
    return {
      address,
      begunAt,
      askedAt: isRecent ? askedAt : begunAt,
      centres: new Set(),
      lists: new Set(),
      showsAll: false,
      isKnown: false,
      finishedAt: null,
    };
  }

  /** From here on its changes are followed, also those that came while it was being made. */
  keep(page: KeptPage): void {
    this.pages.delete(page.address);
    this.pages.set(page.address, page);
    for (const address of this.pages.keys()) {
      if (this.pages.size <= PAGES_MAX) break;
      this.pages.delete(address);
    }
    const missed = this.news.find(({ at, news }) => at >= page.begunAt && touches(news, page));
    if (missed) this.later(page, missed.news);
  }

  tell(news: CatalogueNews): void {
    const now = this.wish.now();
    this.news = [...this.news.filter(({ at }) => at > now - NEWS_MS), { at: now, news }];
    // Lists with few filters are read most.
    const pages = [...this.pages.values()].toSorted((one, two) => one.address.length - two.address.length);
    for (const page of pages) {
      if (page.askedAt < now - FORGOTTEN_MS) this.pages.delete(page.address);
      else if (touches(news, page)) {
        this.wait(page, news);
        // Its answer may still be on the way into a cache, and arrive there after the newer one.
        if (page.finishedAt === null || page.finishedAt > now - AGAIN_MS) this.later(page, news);
      }
    }
    this.work();
  }

  isIdle(): boolean {
    return this.running === 0 && this.urgent.size === 0 && this.patient.size === 0;
  }

  private later(page: KeptPage, news: CatalogueNews): void {
    setTimeout(() => {
      this.wait(page, news);
      this.work();
    }, AGAIN_MS).unref();
  }

  private wait({ address, askedAt }: KeptPage, news: CatalogueNews): void {
    if ("centres" in news && news.centres !== "all") {
      this.patient.delete(address);
      this.urgent.set(address, askedAt);
    } else if (!this.urgent.has(address)) this.patient.set(address, askedAt);
  }

  private work(): void {
    while (this.running < AT_ONCE) {
      const queue = this.urgent.size > 0 ? this.urgent : this.patient;
      const [next] = queue;
      if (!next) return;
      queue.delete(next[0]);
      this.running += 1;
      this.askFor(...next)
        .catch(this.wish.failed)
        .finally(() => {
          this.running -= 1;
          this.work();
        });
    }
  }

  /** Whichever process answers follows it from then on. */
  private async askFor(address: string, askedAt: number): Promise<void> {
    this.pages.delete(address);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.wish.ask(address, askedAt);
      } catch (error) {
        if (attempt === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS * attempt));
      }
    }
  }
}

function touches(news: CatalogueNews, { centres, lists, showsAll }: KeptPage): boolean {
  if ("lists" in news) return showsAll || lists.has(news.lists);
  if (news.centres === "all" || showsAll) return true;
  return news.centres.some((id) => centres.has(id));
}
