import "server-only";
import { randomUUID } from "node:crypto";
import { unstable_rethrow as rethrowOfNext } from "next/navigation";
import { log } from "./log";

/** What one part of a page came to. */
export type Part<T> = { ok: true; value: T } | { ok: false; reference: string };

/**
 * A part of a page that may fail without taking the rest with it: the failure is written down under a number, and the
 * page shows <MissingPart> in its place. Never for what decides who may see something.
 */
export async function part<T>(name: string, work: () => Promise<T>): Promise<Part<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    // Redirects and "not found" are thrown too, and mean the whole page.
    rethrowOfNext(error);
    const reference = randomUUID().slice(0, 8);
    log.error({ error, kind: name, code: reference }, "a part of a page failed");
    return { ok: false, reference };
  }
}
