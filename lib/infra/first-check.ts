import "server-only";
import { env } from "./env";

/** Ends this process with the whole list of what is wrong in its environment; nothing happens when nothing is. */
export function endUnlessValid(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
