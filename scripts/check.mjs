import { alone, bootstrap } from "./steps/bootstrap.mjs";
import { ALL, runChecks } from "./steps/checks.mjs";
import { generate } from "./steps/generate.mjs";

/** Types, lint, import directions, formatting and unused code, in under a minute. */
await bootstrap("scripts/check.mjs", async () => {
  await alone(generate);
  const { failed } = await runChecks(ALL);
  return failed === 0 ? 0 : 1;
});
