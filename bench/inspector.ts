/** What a process holds once everything nobody needs any more is gone, in bytes. */
export interface Held {
  heap: number;
  outside: number;
  resident: number;
}

interface Told {
  id?: number;
  error?: { message: string };
  result?: { result?: { value?: string } };
}

/** Asks a process that was started with `--inspect=127.0.0.1:port`. */
export class Inspector {
  private next = 1;
  private readonly waiting = new Map<number, (told: Told) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener("message", ({ data }) => {
      const told = JSON.parse(String(data)) as Told;
      this.waiting.get(told.id ?? 0)?.(told);
      this.waiting.delete(told.id ?? 0);
    });
  }

  static async open(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
    if (!target) throw new Error("The process lets nobody look into it.");
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve(), { once: true });
      socket.addEventListener("error", () => reject(new Error("The inspector does not answer.")), {
        once: true,
      });
    });
    return new Inspector(socket);
  }

  async held(): Promise<Held> {
    // What weak references kept is gone only after the second.
    for (let turn = 0; turn < 3; turn += 1) await this.ask("HeapProfiler.collectGarbage");
    const told = await this.ask("Runtime.evaluate", { expression: "JSON.stringify(process.memoryUsage())" });
    const usage = JSON.parse(told.result?.result?.value ?? "{}") as NodeJS.MemoryUsage;
    return { heap: usage.heapUsed, outside: usage.external, resident: usage.rss };
  }

  close(): void {
    this.socket.close();
  }

  private ask(method: string, params: object = {}): Promise<Told> {
    const id = this.next;
    this.next += 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (told) => (told.error ? reject(new Error(told.error.message)) : resolve(told)));
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
