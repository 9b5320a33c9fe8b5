import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Line {
  port: number;
  /** Bytes a second towards the reader; null for as fast as it goes. */
  limit: (bytesPerSecond: number | null) => void;
  stop: () => void;
}

/** A line in front of a server that can be made slow, for pages and for their workers alike. */
export async function startLine(upstream: number): Promise<Line> {
  let rate: number | null = null;
  const open = new Set<Socket>();
  const server = createServer((reader) => {
    const source = connect(upstream, "127.0.0.1");
    for (const [one, other] of [
      [reader, source],
      [source, reader],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => open.delete(one));
    }
    reader.pipe(source);
    source.on("data", (bytes: Buffer) => {
      const waitMs = rate === null ? 0 : (bytes.length / rate) * 1_000;
      if (waitMs === 0) return void reader.write(bytes);
      source.pause();
      setTimeout(() => {
        reader.write(bytes);
        source.resume();
      }, waitMs);
    });
    source.on("end", () => reader.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    for (const one of open) one.destroy();
    server.close();
  };
  return { port, limit: (next) => (rate = next), stop };
}
