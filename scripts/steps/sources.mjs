import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fromRoot, root } from "./root.mjs";

const SHARED = [
  "lib",
  "locales",
  "i18n",
  "prisma/schema",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** What the web server is built from. */
export const WEB = [
  ...SHARED,
  ...["app", "components", "public", "next.config.js", "postcss.config.mjs", "proxy.ts"],
  ...["instrumentation.ts", "instrumentation-client.ts"],
];

/** What the worker, the seed and the payment sandbox are bundled from. */
export const BESIDE = [...SHARED, "prisma/seed", "tools", "scripts"];

const MADE_HERE = fromRoot("lib", "infra", "generated");

function* filesOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || path === MADE_HERE) return;
  if (!found.isDirectory()) return void (yield path);
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
}

/** One print of these sources and of the settings that a build bakes in. */
export function printOfSources(sources, settings = {}) {
  const hash = createHash("sha256").update(JSON.stringify(settings)).update(process.versions.node);
  for (const source of sources) {
    for (const file of filesOf(fromRoot(source))) {
      hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}
