import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { buildBundles, buildWeb } from "./steps/build.mjs";
import { loadEnvironment } from "./steps/environment.mjs";
import { generate } from "./steps/generate.mjs";

/** Builds everything the product runs from, for an image; needs no database and no secret. */
await bootstrap("scripts/build.mjs", () =>
  alone(async () => {
    loadEnvironment();
    await generate();
    await buildBundles();
    await buildWeb({ VALVIA_MODE: "demo", ...process.env });
  }),
);
