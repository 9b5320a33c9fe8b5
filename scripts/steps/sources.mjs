import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fromRoot, root } from "./root.mjs";

/** Everything a build is made of. */
const SOURCES = [
  ...["app", "components", "lib", "locales", "public", "i18n", "tools", "scripts"],
  ...[
    "prisma/schema",
    "prisma/seed",
    "next.config.js",
    "postcss.config.mjs",
    "proxy.ts",
    "instrumentation.ts",
  ],
  ...["package.json", "package-lock.json", "tsconfig.json"],
];

const MADE_HERE = fromRoot("lib", "infra", "generated");

function* filesOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || path === MADE_HERE) return;
  if (!found.isDirectory()) return void (yield path);
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
}

/** One print of all sources and of the settings that a build bakes in. */
export function printOfSources(settings = {}) {
  const hash = createHash("sha256").update(JSON.stringify(settings)).update(process.versions.node);
  for (const source of SOURCES) {
    for (const file of filesOf(fromRoot(source))) {
      hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}
