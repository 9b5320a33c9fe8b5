import "server-only";

interface Queue {
  busy: number;
  waiting: (() => void)[];
}

/** One for the process: a build keeps a module several times, for its pages, its routes and what stands before them. */
const shared = globalThis as typeof globalThis & { valviaTurns?: Map<string, Queue> };
const queues = (shared.valviaTurns ??= new Map<string, Queue>());

/** Turns spare the database questions; they decide nothing. Who has waited this long asks it anyway. */
const PATIENCE_MS = 10_000;

/**
 * Does this work while fewer than `atOnce` others in this process do theirs under the same key; the rest wait in the order
 * they came. Of a crowd that wants one thing, most then ask after it is gone and are told so at once, instead of all
 * asking before anybody has it and all trying to take it.
 */
export async function inTurn<T>(key: string, atOnce: number, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(key) ?? { busy: 0, waiting: [] };
  queues.set(key, queue);
  if (queue.busy < atOnce) queue.busy += 1;
  else await turnIn(queue);
  try {
    return await work();
  } finally {
    // While those who lost patience are at it, a turn that ends is nobody's.
    const next = queue.busy > atOnce ? undefined : queue.waiting.shift();
    // Whoever is next takes this turn over as it is.
    if (next) next();
    else queue.busy -= 1;
    if (queue.busy === 0) queues.delete(key);
  }
}

function turnIn(queue: Queue): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      queue.waiting.splice(queue.waiting.indexOf(go), 1);
      queue.busy += 1;
      resolve();
    }, PATIENCE_MS);
    function go() {
      clearTimeout(timer);
      resolve();
    }
    queue.waiting.push(go);
  });
}
