import { join } from "node:path";
import { isAlive } from "./processes.mjs";
import { launcher } from "./launcher.mjs";
import { whenLeaving } from "./leaving.mjs";
import { takeLock } from "./lock.mjs";
import { endLeft } from "./run.mjs";
import { Stop } from "./say.mjs";
import { fullDisk, privateFolder } from "./files.mjs";

/** A product that is told to stop, or whose npm was killed, is gone within this time. */
const LEAVES_WITHIN_MS = 12_000;

/**
 * Keeps a data folder for this process alone. What a killed start left running is ended first; PostgreSQL is not among
 * it, it has its own gentle way.
 */
export async function keepData(data) {
  privateFolder(data);
  refuseFullDisk(data);
  const patience = Date.now() + LEAVES_WITHIN_MS;
  const mayWait = (holder) => Date.now() < patience && isOnItsWay(holder);
  const { lock, left, holder } = await takeLock(join(data, "start.json"), { mayWait, launcher: launcher() });
  if (holder) {
    throw new Stop(
      `Valvia is already running on ${data} (process ${holder.pid}). Stop that one first, or set VALVIA_DATA and PORT for a second one.`,
    );
  }
  whenLeaving(() => lock.release());
  await endLeft((left?.children ?? []).filter(({ name }) => name !== "database"));
  return lock;
}

function refuseFullDisk(data) {
  const full = fullDisk(data);
  if (full) throw new Stop(full);
}

/** A database without room ends in the middle of a sentence; then the disk is the news, not the broken line. */
export async function minding(data, work) {
  try {
    return await work();
  } catch (failure) {
    refuseFullDisk(data);
    throw failure;
  }
}

function isOnItsWay(holder) {
  return holder.stopping === true || (holder.launcher !== null && !isAlive(holder.launcher));
}
