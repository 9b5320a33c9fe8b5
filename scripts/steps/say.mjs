/** A failure the reader can act on: its message is the whole answer, no stack is shown. */
export class Stop extends Error {}

/** Progress goes to stderr, so that stdout carries only the answer. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Runs one long step and tells its name, that it still runs, and how long it took. */
export async function step(name, work) {
  const since = performance.now();
  const live = process.stderr.isTTY;
  process.stderr.write(live ? `${name} …` : `${name} …\n`);
  const beat = setInterval(
    () => process.stderr.write(live ? `\r${name} … ${seconds(since)}` : `${name} … ${seconds(since)}\n`),
    live ? 1_000 : 10_000,
  );
  try {
    const answer = await work();
    process.stderr.write(`${live ? "\r" : ""}${name}: done in ${seconds(since)}\n`);
    return answer;
  } catch (failure) {
    process.stderr.write(`${live ? "\r" : ""}${name}: failed after ${seconds(since)}\n`);
    throw failure;
  } finally {
    clearInterval(beat);
  }
}

const DISK = {
  ENOSPC: (path) =>
    `The disk is full${at(path)}. Free some space and run the command again; nothing was lost.`,
  EDQUOT: (path) => `The disk quota is used up${at(path)}. Free some space and run the command again.`,
  EACCES: (path) =>
    `No permission${at(path)}. Run the command as the account that owns it, or set VALVIA_DATA to a folder of your own.`,
  EPERM: (path) =>
    `No permission${at(path)}. Run the command as the account that owns it, or set VALVIA_DATA to a folder of your own.`,
  EROFS: (path) => `The disk is read-only${at(path)}. Set VALVIA_DATA to a folder that can be written.`,
  EEXIST: (path) =>
    `There is something else in the way${at(path)}. Move it, or set VALVIA_DATA to a folder of your own.`,
  ENOTDIR: (path) =>
    `There is a file where a folder is needed${at(path)}. Move it, or set VALVIA_DATA to a folder.`,
  EMFILE: () => "Too many files are open. Raise the limit (ulimit -n 4096) and run the command again.",
};

function at(path) {
  return path ? ` (${path})` : "";
}

/** One screen for any failure: a sentence for what we know, the stack for what we do not. */
export function sentence(failure) {
  if (failure instanceof Stop) return failure.message;
  const known = DISK[failure?.code];
  if (known) return known(failure.path);
  return `Something unexpected went wrong.\n${failure?.stack ?? failure}`;
}
