import Stripe from "stripe";
import { shownEvent, type ShownEvent } from "./events";
import type { Store } from "./store";
import type { EventRow, Settings } from "./tables";

export const attemptsMax = 8;
const backOffMs = 500;
const patienceMs = 10_000;
const batchesAtOnce = 8;

export type Answer = { ok: true; status: number } | { ok: false; reason: string };

/** Tells the portal what happened: signed as Stripe signs, tried again until it answers with 2xx. */
export class Webhooks {
  private readonly closing = new AbortController();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly waiting: (() => void)[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private busy = 0;

  constructor(
    private readonly store: Store,
    readonly secret: string,
    public url: string | null,
  ) {}

  /** Resolves after the first try of each event; when told late, at once. */
  async deliver(batch: EventRow[], settings: Settings): Promise<void> {
    const pending = batch.filter((row) => row.delivery.state === "pending");
    if (settings.deliver === "reordered") pending.reverse();
    const copies = settings.deliver === "twice" ? 2 : 1;
    const tell = () => this.noted(this.inTurn(() => this.tellAll(pending, copies)));
    if (settings.deliver === "late") this.later(settings.lateMs, tell);
    else await tell();
  }

  /** Goes on with what an earlier run had not told yet. */
  resume(): void {
    const pending = this.store.all("events").filter((row) => row.delivery.state === "pending");
    if (pending.length > 0) this.later(0, () => this.tellAll(pending.reverse(), 1));
  }

  /** Sends once, without a record. A foreign secret or age makes a message the portal must refuse. */
  async post(event: ShownEvent, secret = this.secret, ageSeconds = 0): Promise<Answer> {
    if (this.url === null) return { ok: false, reason: "no webhook address is set" };
    const payload = JSON.stringify(event, null, 2);
    const timestamp = Math.floor(Date.now() / 1_000) - ageSeconds;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signature,
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
        body: payload,
        redirect: "manual",
        signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(patienceMs)]),
      });
      await response.body?.cancel();
      return response.ok
        ? { ok: true, status: response.status }
        : { ok: false, reason: `answered ${response.status}` };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  }

  /** Resolves when what is being sent now has arrived or failed. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  close(): void {
    this.closing.abort();
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async tellAll(rows: EventRow[], copies: number): Promise<void> {
    for (const { id } of rows) await this.tell(id, copies);
  }

  private async tell(id: string, copies: number): Promise<void> {
    const row = this.store.get("events", id);
    if (row === undefined || row.delivery.state !== "pending" || this.closing.signal.aborted) return;
    const answers = await Promise.all(Array.from({ length: copies }, () => this.post(shownEvent(row))));
    // Stopped in the middle: the event stays pending and the next start tells it.
    if (this.closing.signal.aborted) return;
    // Forgotten by a reset in the meantime.
    if (this.store.get("events", id) === undefined) return;
    const delivery = judged(row.delivery.attempts + 1, answers);
    this.store.put("events", { ...row, delivery });
    if (delivery.state === "pending") this.later(delivery.nextAt - Date.now(), () => this.tell(id, 1));
    await this.store.save();
  }

  private later(delayMs: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.noted(work());
    }, delayMs);
    this.timers.add(timer);
  }

  private async noted(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    try {
      await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    while (this.busy >= batchesAtOnce) await new Promise<void>((go) => this.waiting.push(go));
    this.busy += 1;
    try {
      await work();
    } finally {
      this.busy -= 1;
      this.waiting.shift()?.();
    }
  }
}

function judged(attempts: number, answers: Answer[]): EventRow["delivery"] {
  const refused = answers.find((answer) => !answer.ok);
  const taken = answers.find((answer) => answer.ok);
  if (taken !== undefined && taken.ok) return { state: "delivered", attempts, status: taken.status };
  const reason = refused === undefined || refused.ok ? "no answer" : refused.reason;
  if (attempts >= attemptsMax) return { state: "failed", attempts, reason };
  return { state: "pending", attempts, nextAt: Date.now() + backOffMs * 2 ** (attempts - 1) };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
