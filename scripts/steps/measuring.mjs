import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUNDLING } from "./build.mjs";
import { fromRoot } from "./root.mjs";

/** Bundles every program of a folder, each by itself, into `.build/<to>`. */
export async function bundleFolder(folder, to) {
  const { build, stop } = await import("esbuild");
  mkdirSync(fromRoot(".build", to), { recursive: true });
  const files = readdirSync(fromRoot(folder)).filter((name) => name.endsWith(".ts"));
  try {
    await build({
      ...BUNDLING,
      entryPoints: files.map((name) => fromRoot(folder, name)),
      outdir: join(".build", to),
    });
  } finally {
    await stop();
  }
}

/**
 * Gives `work` a migrated database and the product's environment, in a folder of their own that goes with them. One that is
 * not `durable` waits for no disk: for trials that never stop it in between.
 */
export async function withDatabase(work, { durable = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "valvia-bench-"));
  const { startPostgres } = await import("./postgres.mjs");
  const dir = join(folder, "postgres");
  const password = randomBytes(16).toString("hex");
  let postgres = await startPostgres({ dir, password, durable });
  /** Kills the database in the middle of whatever it does and starts it again where it was. */
  const crash = async () => {
    const { who, port, exited } = postgres;
    const gone = exited.catch(() => undefined);
    process.kill(who.pid, "SIGKILL");
    await gone;
    postgres = await startPostgres({ dir, password, port });
  };
  try {
    const { migrate } = await import("./database.mjs");
    await migrate(postgres.url);
    Object.assign(process.env, {
      NODE_ENV: "production",
      VALVIA_MODE: "demo",
      VALVIA_DATA: join(folder, "data"),
      DATABASE_URL: postgres.url,
      AUTH_SECRET: randomBytes(32).toString("base64url"),
      RECORDS_KEY: randomBytes(32).toString("base64"),
    });
    return await work(postgres.url, folder, crash);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
