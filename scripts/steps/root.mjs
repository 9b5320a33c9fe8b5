import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this clone; every path of the product is taken from here, never from where the shell stands. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export const fromRoot = (...parts) => join(root, ...parts);
