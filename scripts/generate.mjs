import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { generate } from "./steps/generate.mjs";

await bootstrap("scripts/generate.mjs", () => alone(generate));
