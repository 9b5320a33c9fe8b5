import net from "node:net";

const TICK_MS = 10;

/** A line of some speed that drops everything on it again and again. It keeps little in its own hands. */
export class DroppingProxy {
  private readonly lines = new Set<net.Socket>();
  private readonly waiting = new Set<net.Socket>();
  private readonly timers: NodeJS.Timeout[];
  /** Bytes that may pass in this moment. */
  private budget = 0;
  drops = 0;

  private constructor(
    private readonly server: net.Server,
    /** Where the line leads: another place after a new start. */
    public toPort: number,
    everyMs: number,
    bytesPerSecond: number,
  ) {
    const share = (bytesPerSecond * TICK_MS) / 1_000;
    this.timers = [setInterval(() => this.drop(), everyMs), setInterval(() => this.allow(share), TICK_MS)];
  }

  private allow(share: number): void {
    this.budget = Math.min(share * 4, this.budget + share);
    if (this.budget <= 0) return;
    for (const line of this.waiting) line.resume();
    this.waiting.clear();
  }

  static async start(
    toPort: number,
    { everyMs, bytesPerSecond }: { everyMs: number; bytesPerSecond: number },
  ): Promise<DroppingProxy> {
    const server = net.createServer({ highWaterMark: 65_536 });
    const proxy = new DroppingProxy(server, toPort, everyMs, bytesPerSecond);
    server.on("connection", (near) => proxy.join(near));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  private join(near: net.Socket): void {
    const far = net.connect({ port: this.toPort, host: "127.0.0.1" });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.lines.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.lines.delete(one);
        other.destroy();
      });
    }
    far.pipe(near);
    near.on("data", (piece) => {
      this.budget -= piece.length;
      const hasRoom = far.write(piece);
      if (this.budget <= 0 || !hasRoom) near.pause();
      if (this.budget <= 0 && hasRoom) this.waiting.add(near);
    });
    far.on("drain", () => (this.budget > 0 ? near.resume() : this.waiting.add(near)));
    near.on("end", () => far.end());
  }

  private drop(): void {
    if (this.lines.size > 0) this.drops += 1;
    for (const line of this.lines) line.resetAndDestroy();
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.drop();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
