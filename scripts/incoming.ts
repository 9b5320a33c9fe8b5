import type { IncomingMessage } from "node:http";
import type { Pieces } from "@/lib/records/take-body";

const EVENTS = ["readable", "end", "error", "close"] as const;

/**
 * The body of a request, piece by piece as it is asked for: what nobody takes yet stays in the sender's machine. A piece is
 * given back when the next one is asked for: left to the garbage collector, an upload spends more time there than sealing.
 */
export class Incoming implements Pieces {
  private given: Buffer | null = null;
  private isCancelled = false;
  private isHeard = false;
  private isLent = true;
  private wake = (): void => undefined;
  private readonly go = (): void => this.wake();

  constructor(private readonly incoming: IncomingMessage) {}

  async next(): Promise<Uint8Array | null> {
    const { incoming, given } = this;
    if (!this.isHeard) for (const event of EVENTS) incoming.on(event, this.go);
    this.isHeard = true;
    if (
      this.isLent &&
      given &&
      given.buffer instanceof ArrayBuffer &&
      given.buffer.byteLength === given.byteLength
    )
      given.buffer.transfer(0);
    this.given = null;
    for (;;) {
      if (this.isCancelled) return null;
      const piece = incoming.read() as Buffer | null;
      if (piece) return (this.given = piece);
      if (incoming.readableEnded) return null;
      if (incoming.destroyed) throw incoming.errored ?? new Error("The line broke.");
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** For whoever collects a small body and keeps its pieces. Nothing is read before it is asked for. */
  asStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.isLent = false;
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
      const piece = await this.next();
      if (piece) controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      else controller.close();
    };
    return new ReadableStream({ pull, cancel: () => this.cancel() }, { highWaterMark: 0 });
  }

  cancel(): void {
    this.isCancelled = true;
    this.wake();
  }

  /** What nobody reads any more must not stand in the way of the next request on this line. */
  leave(): void {
    if (this.isHeard) this.incoming.off("readable", this.go);
    this.incoming.resume();
  }
}
