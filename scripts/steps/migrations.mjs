import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fromRoot } from "./root.mjs";
import { Stop } from "./say.mjs";

const SCHEMA = fromRoot("prisma", "schema");

let loading = null;

/** Prisma's schema engine, compiled to WebAssembly: no download. The module keeps one memory for the whole process. */
async function loadEngine() {
  const bg = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const place = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(place.replace(/\.js$/, ".wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { "./schema_engine_bg.js": bg });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bg.SchemaEngine;
}

/**
 * The adapter cuts a script at every semicolon, also inside a function's body. PostgreSQL itself reads a whole script,
 * as one transaction: a failed migration leaves nothing of itself behind.
 */
async function wholeScripts(pool) {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  return new (class extends PrismaPg {
    async connect() {
      const adapter = await super.connect();
      adapter.executeScript = async (script) => {
        await pool.query(script).catch((failure) => adapter.onError(failure));
      };
      return adapter;
    }
  })(pool);
}

async function openEngine(pool) {
  loading ??= loadEngine();
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const factory = bindMigrationAwareSqlAdapterFactory(await wholeScripts(pool));
  return (await loading).new({ datamodels: datamodels() }, () => {}, factory);
}

function datamodels() {
  return readdirSync(SCHEMA)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => [join(SCHEMA, name), readFileSync(join(SCHEMA, name), "utf8")]);
}

function migrationsList(baseDir) {
  const folders = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(baseDir, entry.name, "migration.sql")))
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: folders.map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(baseDir, path, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** Applies what is not yet applied of prisma/migrations and answers with the names of what it applied. */
export async function applyMigrations(connectionString, baseDir = fromRoot("prisma", "migrations")) {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString, max: 1 });
  const engine = await openEngine(pool);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationsList(baseDir),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (failure) {
    throw new Stop(
      `The database could not be brought up to date; nothing after the failed migration was applied. ${told(failure)}`,
    );
  } finally {
    engine.free();
    await pool.end();
  }
}

/** What went wrong and in which migration, without the engine's own stack. */
function told(failure) {
  const text = String(failure?.message ?? failure);
  const name = /migration_name="([^"]+)"/.exec(text)?.[1];
  const words = text.split(/\n\s+0: /)[0].trim();
  return `${name ? `Migration ${name}: ` : ""}${words.split("\n").slice(0, 12).join("\n")}`;
}
