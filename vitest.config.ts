import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

const resolve = {
  alias: {
    // It throws outside Next; tests are servers anyhow.
    "server-only": `${root}scripts/steps/empty.mjs`,
    "@/": root,
  },
};

export default defineConfig({
  resolve,
  test: {
    watch: false,
    // The database works in processes of its own: while one file waits for it, another goes on, also on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve,
        test: {
          name: "rules",
          include: ["tests/rules/**/*.test.{ts,tsx,mjs}"],
          environment: "node",
          // A property walks hundreds of cases, and a machine may be busy with other things.
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: "operations",
          include: ["tests/operations/**/*.test.{ts,tsx,mjs}"],
          environment: "node",
          globalSetup: ["tests/support/cluster.ts"],
          setupFiles: ["tests/support/database.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { resolve, test: { name: "house", include: ["tests/house/**/*.test.ts"], testTimeout: 30_000 } },
    ],
  },
});
