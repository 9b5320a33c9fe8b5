import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { buildBundles, buildWeb } from "./steps/build.mjs";
import { generate } from "./steps/generate.mjs";
import { bundleFolder, withDatabase } from "./steps/measuring.mjs";
import { fromRoot } from "./steps/root.mjs";
import { say, Stop } from "./steps/say.mjs";

/**
 * `npm run campaign -- damage --count=100000 --seed=7`: long trials of what may never fail. Each says its seed and its
 * figures, and ends with 1 when a promise was broken.
 */
await bootstrap("scripts/campaign.mjs", async () => {
  const [name, ...words] = process.argv.slice(2);
  const names = readdirSync(fromRoot("tests", "load"))
    .filter((file) => /^export async function run\b/m.test(textOf(file)))
    .map((file) => file.slice(0, -".ts".length));
  if (!names.includes(name)) throw new Stop(`Say which one: ${names.join(", ")}.`);
  await alone(async () => {
    await generate();
    await buildBundles();
    await bundleFolder("bench", "bench");
    await bundleFolder("tests/load", "load");
    if (textOf(`${name}.ts`).includes("export const needsWeb = true"))
      await buildWeb({ ...process.env, VALVIA_MODE: "demo" });
  });
  const durable = !textOf(`${name}.ts`).includes("export const forgetsAll = true");
  const work = async (url, folder, crash) => {
    const { run } = await import(pathToFileURL(fromRoot(".build", "load", `${name}.mjs`)).href);
    const figures = await run({ url, folder, crash, ...optionsIn(words) });
    console.log(JSON.stringify(figures, null, 2));
    say(figures.kept ? `${name}: every promise was kept.` : `${name}: a promise was broken.`);
    return figures.kept ? 0 : 1;
  };
  return withDatabase(work, { durable });
});

function textOf(file) {
  return readFileSync(fromRoot("tests", "load", file), "utf8");
}

/** `--count=9` is a number, `--store=s3` a word. */
function optionsIn(words) {
  const pairs = words.map((word) => /^--(\w+)=(.+)$/.exec(word) ?? []);
  return Object.fromEntries(
    pairs.map(([, name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
  );
}
