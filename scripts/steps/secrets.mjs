import { randomBytes } from "node:crypto";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { privateFolder, textOf, writeWhole } from "./files.mjs";
import { Stop } from "./say.mjs";

const MAKERS = {
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  RECORDS_KEY: () => randomBytes(32).toString("base64"),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
  databasePassword: () => randomBytes(24).toString("base64url"),
};

/**
 * The secrets of this data folder, made at its first start and never again: `AUTH_SECRET`, `RECORDS_KEY` (32 bytes,
 * base64), `NEXT_SERVER_ACTIONS_ENCRYPTION_KEY` and the password of the embedded database.
 */
export function secretsOf(data) {
  privateFolder(data);
  const path = join(data, "secrets.json");
  const kept = read(path);
  if (kept === null && existsSync(join(data, "postgres", "cluster"))) {
    throw new Stop(
      `${path} is missing, but ${join(data, "postgres")} holds data that only those secrets open. ` +
        `Put the file back from a backup, or move ${data} away to begin with an empty world.`,
    );
  }
  const secrets = { ...kept };
  for (const [name, make] of Object.entries(MAKERS)) secrets[name] ??= make();
  if (Object.keys(secrets).length !== Object.keys(kept ?? {}).length) {
    writeWhole(path, `${JSON.stringify(secrets, null, 2)}\n`);
  }
  chmodSync(path, 0o600);
  return secrets;
}

function read(path) {
  const text = textOf(path);
  if (text === null) return null;
  try {
    const secrets = JSON.parse(text);
    if (Object.values(secrets).every((value) => typeof value === "string")) return secrets;
  } catch (failure) {
    if (!(failure instanceof SyntaxError)) throw failure;
  }
  throw new Stop(`${path} is damaged and cannot be read. Put it back from a backup; nothing was changed.`);
}
