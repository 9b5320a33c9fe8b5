import Stripe from "stripe";
import { newId } from "./ids";
import type { Store } from "./store";
import type { Appointment, EventRow, Settings } from "./tables";

export type EventRequest = Stripe.Event.Request;

const defaults: Settings = { id: "settings", deliver: "once", lateMs: 3_000, clockOffset: 0 };

/**
 * What every endpoint works with: the store, the clock and the place to tell what happened. Endpoints are
 * synchronous, so two requests never interleave between a check and its change.
 */
export class Sandbox {
  private emitted: EventRow[] = [];
  private request: EventRequest | null = null;

  constructor(
    readonly store: Store,
    /** Where this server is reached, without a slash at the end. */
    public address: string,
    private readonly deliver: (batch: EventRow[]) => Promise<void>,
    private readonly hasEndpoint: () => boolean,
  ) {}

  settings(): Settings {
    return this.store.get("settings", "settings") ?? defaults;
  }

  change(settings: Partial<Omit<Settings, "id">>): Settings {
    return this.store.put("settings", { ...this.settings(), ...settings });
  }

  /** Seconds since 1970, moved by the control clock. */
  now(): number {
    return Math.floor(Date.now() / 1_000) + this.settings().clockOffset;
  }

  emit(type: Stripe.Event.Type, object: object, previous?: object): void {
    const event = {
      id: newId("evt"),
      object: "event",
      api_version: Stripe.API_VERSION,
      created: this.now(),
      data: structuredClone(previous === undefined ? { object } : { object, previous_attributes: previous }),
      livemode: false,
      request: this.request ?? { id: null, idempotency_key: null },
      type,
    } satisfies Omit<Stripe.EventBase, "pending_webhooks">;
    const row: EventRow = { id: event.id, event, delivery: this.firstDelivery() };
    this.emitted.push(this.store.put("events", row));
  }

  schedule(kind: Appointment["kind"], subject: string, seconds: number): void {
    this.store.put("appointments", { id: newId("later"), kind, subject, dueAt: this.now() + seconds });
  }

  /**
   * Runs one piece of work, saves what it changed, then tells the events it caused.
   * `told` resolves after their first delivery.
   */
  async commit<T>(request: EventRequest | null, work: () => T): Promise<{ value: T; told: Promise<void> }> {
    this.request = request;
    const { value, batch } = this.collect(work);
    await this.store.save();
    return { value, told: batch.length === 0 ? Promise.resolve() : this.deliver(batch) };
  }

  private collect<T>(work: () => T): { value: T; batch: EventRow[] } {
    try {
      const value = work();
      return { value, batch: this.emitted };
    } finally {
      this.emitted = [];
      this.request = null;
    }
  }

  private firstDelivery(): EventRow["delivery"] {
    if (!this.hasEndpoint()) return { state: "no_endpoint" };
    if (this.settings().deliver === "never") return { state: "withheld" };
    return { state: "pending", attempts: 0, nextAt: Date.now() };
  }
}
