import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { textOf } from "./files.mjs";
import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";
import { Stop, step } from "./say.mjs";
import { BESIDE, printOfSources, WEB } from "./sources.mjs";

const STAMP = fromRoot(".next", "valvia-build");
const SERVER = fromRoot(".next", "standalone", "server.js");
const BUNDLES_STAMP = fromRoot(".build", "bundled-from");

/** The processes beside the web server: where each begins and what it becomes. */
const BUNDLES = [
  { from: "scripts/worker.ts", to: "worker" },
  { from: "prisma/seed/seed.ts", to: "seed" },
  { from: "tools/stripe-sandbox/server.ts", to: "stripe-sandbox" },
  { from: "scripts/records.ts", to: "records" },
  { from: "scripts/reader.ts", to: "reader" },
  { from: "scripts/rotate-keys.ts", to: "rotate-keys" },
];

/** Public pages carry the mode, and in production the address; a build for another one is stale. */
function bakedIn(env) {
  const production = env.VALVIA_MODE === "production";
  return { mode: env.VALVIA_MODE, address: production ? env.APP_URL : null };
}

/** Builds the web server into .next/standalone, unless it was built from exactly these sources. */
export async function buildWeb(env) {
  const print = printOfSources(WEB, bakedIn(env));
  if (textOf(STAMP) === print && existsSync(SERVER)) return;
  rmSync(STAMP, { force: true });
  await step("Building the product", () => nextBuild(env));
  cpSync(fromRoot("public"), fromRoot(".next", "standalone", "public"), { recursive: true });
  cpSync(fromRoot(".next", "static"), fromRoot(".next", "standalone", ".next", "static"), {
    recursive: true,
  });
  writeFileSync(STAMP, print);
}

async function nextBuild(env) {
  const { code, output } = await run({
    command: process.execPath,
    args: [fromRoot("node_modules", "next", "dist", "bin", "next"), "build"],
    log: fromRoot(".build", "build.log"),
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (code !== 0)
    throw new Stop(`The product could not be built (.build/build.log has all of it).\n${output}`);
}

/** Bundles worker, seed and payment sandbox into .build, unless made from exactly these sources. */
export async function buildBundles() {
  const print = printOfSources(BESIDE);
  const wanted = BUNDLES.filter(({ from }) => existsSync(fromRoot(from)));
  const there = wanted.every(({ to }) => existsSync(fromRoot(".build", `${to}.mjs`)));
  if (textOf(BUNDLES_STAMP) === print && there) return;
  await step("Bundling the worker and its companions", () => bundle(wanted));
  writeFileSync(BUNDLES_STAMP, print);
}

/** The process that reads files alone: all that tests of one operation need. */
export async function bundleReader() {
  await bundle(BUNDLES.filter(({ to }) => to === "reader"));
}

/** How every program of ours is bundled, wherever it lies. */
export const BUNDLING = {
  absWorkingDir: fromRoot(),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node24",
  packages: "external",
  tsconfig: "tsconfig.json",
  // The first throws outside Next, and these are servers anyhow; Next's own modules need their ending here.
  alias: {
    "server-only": fromRoot("scripts", "steps", "empty.mjs"),
    "next/headers": "next/headers.js",
    "next/navigation": "next/navigation.js",
  },
  sourcemap: "linked",
  logLevel: "silent",
};

async function bundle(wanted) {
  const { build, stop } = await import("esbuild");
  mkdirSync(fromRoot(".build"), { recursive: true });
  try {
    const { outputFiles } = await build({
      ...BUNDLING,
      entryPoints: wanted.map(({ from, to }) => ({ in: fromRoot(from), out: to })),
      outdir: ".build",
      write: false,
    });
    for (const { path, contents } of outputFiles) replaceFile(path, contents);
  } catch (failure) {
    throw new Stop(`The worker could not be bundled.\n${failure.message}`);
  } finally {
    await stop();
  }
}

/** In one step: whoever starts the program meanwhile finds the old one or the new one, never half of one. */
function replaceFile(path, contents) {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, contents);
  renameSync(fresh, path);
}
