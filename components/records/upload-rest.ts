/** The server asks for ten seconds of patience. */
const REST_MS = 15_000;

/** A while in which nothing is sent, because our store is away or full: one file met it, and all others would. */
export class Rest {
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly over: () => void) {}

  get isOn(): boolean {
    return this.timer !== null;
  }

  begin(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.over();
    }, REST_MS);
  }

  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
