import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { textOf } from "./files.mjs";
import { fitOwner } from "./postgres-account.mjs";
import { Stop } from "./say.mjs";

const VERSION = "18";

// Only the owner of the product's database may come in, from this machine, with the password of the data folder.
const DOORS = "host all valvia 127.0.0.1/32 scram-sha-256\n";

/**
 * Makes sure that `dir`/cluster holds a PostgreSQL data folder with the role and database `valvia`. A new one is made
 * beside and moved into place whole, so that an interrupted first start leaves nothing half-made.
 */
export async function ensureCluster({ dir, account, password, durable }) {
  const cluster = join(dir, "cluster");
  if (existsSync(cluster)) {
    check(cluster, account.owner);
    return cluster;
  }
  const beside = join(dir, "cluster.new");
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { mode: 0o700 });
  fitOwner(beside, account.owner);
  await initialise(beside, account, durable);
  writeFileSync(join(beside, "pg_hba.conf"), DOORS);
  createDatabase(beside, account, password);
  renameSync(beside, cluster);
  return cluster;
}

function check(cluster, owner) {
  fitOwner(cluster, owner);
  const version = textOf(join(cluster, "PG_VERSION"))?.trim();
  if (version === VERSION) return;
  if (version === undefined && readdirSync(cluster).length === 0) {
    throw new Stop(
      `${cluster} is empty. Restore it from a backup, or remove it to begin with an empty world.`,
    );
  }
  throw new Stop(
    version === undefined
      ? `${cluster} is damaged: it is not a PostgreSQL data folder any more. Nothing was changed. Restore it from a backup, or move it away to begin with an empty world.`
      : `${cluster} was made by PostgreSQL ${version}; this Valvia runs PostgreSQL ${VERSION}. Start it with the version that made it and move the data with pg_dump.`,
  );
}

/** Letters of every script count as letters for pg_trgm only under a UTF-8 ctype; systems name theirs differently. */
const CTYPES = ["C.UTF-8", "en_US.UTF-8", "UTF-8", "C"];

/** The built-in C.UTF-8 rules sort by code point and know every script's letters, alike on all machines. */
async function initialise(cluster, account, durable) {
  for (const ctype of CTYPES) {
    const words = await initdb(cluster, account, [`--lc-ctype=${ctype}`, ...(durable ? [] : ["--no-sync"])]);
    if (words === null) return;
    if (!/invalid locale/.test(words)) throw new Stop(refusal(words));
  }
}

/** Null when it went well, else what initdb said. */
async function initdb(cluster, account, more) {
  try {
    await account.run("initdb", [
      ...["-D", cluster, "-U", "postgres", "--encoding=UTF8", "--locale=C"],
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      // The doors are written below; "reject" only spares asking for a superuser's password.
      ...["--auth=reject", ...more],
    ]);
    return null;
  } catch (failure) {
    return failure.stderr || failure.stdout || String(failure);
  }
}

function refusal(words) {
  if (/No space left/.test(words)) return "The disk is full. Free some space and run the command again.";
  if (/Permission denied/.test(words) && process.getuid?.() === 0) {
    return `PostgreSQL refuses to run as root, and the account it runs as instead cannot reach the data folder. Run the command as an ordinary user, or set VALVIA_DATA to a folder outside closed homes.\n${words.trim()}`;
  }
  return `PostgreSQL could not make its data folder. Set VALVIA_DATA to a folder on a local disk, or DATABASE_URL to a PostgreSQL 15 or newer.\n${words.trim().split("\n").slice(-12).join("\n")}`;
}

/** The product's owner is no superuser, as on any hosted PostgreSQL; the superuser cannot sign in at all. */
function createDatabase(cluster, account, password) {
  const wishes = [
    `CREATE ROLE valvia LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`,
    "CREATE DATABASE valvia OWNER valvia",
  ];
  const answer = account.feed(
    "postgres",
    ["--single", "-D", cluster, "postgres"],
    `${wishes.join(";\n")};\n`,
  );
  if (answer.status !== 0 || /ERROR|FATAL|PANIC/.test(answer.stderr)) throw new Stop(refusal(answer.stderr));
}
