import "server-only";
import { weigh } from "@/lib/infra/record-store";
import type { OpenedRecord } from "./open-record";

/**
 * The bytes of an opened record, once the first of them are there: until then damage, or a store that is away, can be
 * told by a status. Met later, it cuts the line: what came before was right, and nothing wrong follows.
 */
export async function beginContent(opened: OpenedRecord): Promise<ReadableStream<Uint8Array>> {
  if (!opened.isPart) await weigh(opened.file);
  const pieces = opened.bytes().getReader();
  let next: ReadableStreamReadResult<Uint8Array> | null = await pieces.read();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = next ?? (await pieces.read());
      next = null;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => pieces.cancel(reason),
  });
}
