import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fromRoot } from "./root.mjs";
import { Stop } from "./say.mjs";
import { tellingThatItLanded } from "./unfinished.mjs";

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
async function wholeScripts(pool, migrations) {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const { ColumnTypeEnum } = await import("@prisma/driver-adapter-utils");
  return new (class extends PrismaPg {
    async connect() {
      const adapter = await super.connect();
      adapter.executeScript = async (script) => {
        const whole = migrations.has(script) ? tellingThatItLanded(script) : script;
        await pool.query(whole).catch((failure) => adapter.onError(failure));
      };
      readLetters(adapter, ColumnTypeEnum);
      return adapter;
    }
  })(pool);
}

/** PostgreSQL's numbers for its one-letter type, in which its catalogue is written, and for text. */
const [LETTER, TEXT] = [18, 25];

/** The adapter does not know that type: it is read as text and then told to the engine as what it is. */
function readLetters(adapter, { Character }) {
  const letters = new WeakMap();
  const ask = adapter.performIO.bind(adapter);
  adapter.performIO = async (query) => {
    const answer = await ask(query);
    const found = answer.fields.filter((field) => field.dataTypeID === LETTER);
    letters.set(answer.rows, new Set(found.map((field) => answer.fields.indexOf(field))));
    for (const field of found) field.dataTypeID = TEXT;
    return answer;
  };
  const read = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const { columnNames, columnTypes, rows } = await read(query);
    const isLetter = letters.get(rows);
    const types = columnTypes.map((type, place) => (isLetter.has(place) ? Character : type));
    return { columnNames, columnTypes: types, rows };
  };
}

/** Runs `work` with the schema engine on this database; both are let go of afterwards. */
async function withEngine(connectionString, migrations, work) {
  const { default: pg } = await import("pg");
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  loading ??= loadEngine();
  const Engine = await loading;
  const pool = new pg.Pool({ connectionString, max: 1 });
  try {
    const datamodels = schemaFiles().map(({ path, content }) => [path, content]);
    const factory = bindMigrationAwareSqlAdapterFactory(await wholeScripts(pool, migrations));
    const engine = await Engine.new({ datamodels }, () => {}, factory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

function schemaFiles() {
  return readdirSync(SCHEMA)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => ({ path: join(SCHEMA, name), content: readFileSync(join(SCHEMA, name), "utf8") }));
}

const EVERYTHING = { externalTables: [], externalEnums: [] };

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
  const list = migrationsList(baseDir);
  const scripts = new Set(list.migrationDirectories.map(({ migrationFile }) => migrationFile.content.value));
  return withEngine(connectionString, scripts, async (engine) => {
    const wish = { migrationsList: list, filters: EVERYTHING };
    try {
      return (await engine.applyMigrations(wish)).appliedMigrationNames;
    } catch (failure) {
      throw new Stop(
        `The database could not be brought up to date; nothing after the failed migration was applied. ${told(failure)}`,
      );
    }
  });
}

/** The statements that would make this database what prisma/schema says, as one script; a comment alone when it already is. */
export async function differenceFromSchema(connectionString) {
  return withEngine(connectionString, new Set(), async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: schemaFiles(), configDir: fromRoot() },
      to: { tag: "schemaDatamodel", files: schemaFiles() },
      script: true,
      shadowDatabaseUrl: null,
      exitCode: null,
      filters: EVERYTHING,
    });
    return stdout?.trim() ?? "";
  });
}

/** What went wrong and in which migration, without the engine's own stack. */
function told(failure) {
  const text = String(failure?.message ?? failure);
  const name = /migration_name="([^"]+)"/.exec(text)?.[1];
  const words = text.split(/\n\s+0: /)[0].trim();
  return `${name ? `Migration ${name}: ` : ""}${words.split("\n").slice(0, 12).join("\n")}`;
}
