import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";
import { Stop, say, step } from "./say.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A real Chromium to drive: the one named by CHROMIUM_PATH, one on this machine, else one we install. */
export async function chromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  if (named) throw new Stop(`CHROMIUM_PATH names ${named}, which is not there.`);
  const found = findChromium();
  if (found) return found;
  await step("Installing Chromium for the journeys", installChromium);
  const installed = findChromium();
  if (installed) return installed;
  throw new Stop(
    "No Chromium was found and none could be installed. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROMIUM_PATH to it, then run the command again.",
  );
}

function findChromium() {
  const inPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...PLACES, ...inPath, ...fromPlaywright()].find((place) => existsSync(place)) ?? null;
}

/** Where `npx playwright install` puts its browsers, newest first. */
function fromPlaywright() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), ".cache", "ms-playwright"),
    join(homedir(), "Library", "Caches", "ms-playwright"),
    join(process.env.LOCALAPPDATA ?? homedir(), "ms-playwright"),
  ].filter((cache) => cache && existsSync(cache));
  const programs = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win/chrome.exe",
  ];
  return caches.flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => name.startsWith("chromium-"))
      .sort((a, b) => Number(b.split("-")[1]) - Number(a.split("-")[1]))
      .flatMap((name) => programs.map((program) => join(cache, name, ...program.split("/")))),
  );
}

async function installChromium() {
  const log = fromRoot(".build", "chromium.log");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const attempts = mayUseApt()
    ? [
        { command: "apt-get", args: ["update"] },
        { command: "apt-get", args: ["install", "-y", "--no-install-recommends", "chromium"] },
      ]
    : [
        {
          command: process.execPath,
          args: [fromRoot("node_modules", "playwright", "cli.js"), "install", "chromium"],
        },
      ];
  for (const attempt of attempts) {
    const { code, output } = await run({ ...attempt, env, log });
    if (code !== 0) say(`${attempt.command} ${attempt.args.join(" ")} failed:\n${output}`);
  }
}

function mayUseApt() {
  if (process.platform !== "linux" || process.getuid() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
}
