import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { textOf } from "./files.mjs";
import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";
import { Stop, step } from "./say.mjs";

const STAMP = fromRoot(".build", "generated-from");

function print() {
  const hash = createHash("sha256");
  const schema = fromRoot("prisma", "schema");
  for (const name of readdirSync(schema).sort()) hash.update(name).update(readFileSync(join(schema, name)));
  return hash.update(readFileSync(fromRoot("package-lock.json"))).digest("hex");
}

/** Makes the database client from prisma/schema, unless it was made from this very schema. */
export async function generate() {
  const wanted = print();
  if (textOf(STAMP) === wanted && existsSync(fromRoot("lib", "infra", "generated", "client.ts"))) return;
  await step("Generating the database client", prismaGenerate);
  mkdirSync(fromRoot(".build"), { recursive: true });
  writeFileSync(STAMP, wanted);
}

async function prismaGenerate() {
  const { code, output } = await run({
    command: process.execPath,
    args: [fromRoot("node_modules", "prisma", "build", "index.js"), "generate"],
    log: fromRoot(".build", "generate.log"),
    // Generating needs no engine, only the name of a program: with one, prisma downloads nothing.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  if (code !== 0) throw new Stop(`The database client could not be generated from prisma/schema.\n${output}`);
}
