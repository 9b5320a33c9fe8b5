import { launcher, watchLauncher } from "./launcher.mjs";
import { say, sentence } from "./say.mjs";

const works = [];
let leaving = null;
let since = 0;

/** Registers what must be ended before this process may go; the last registered is ended first. */
export function whenLeaving(work) {
  works.push(work);
  return () => {
    const place = works.indexOf(work);
    if (place >= 0) works.splice(place, 1);
  };
}

/** Ends everything registered, once, and then this process. */
export function leave(code, reason = null) {
  leaving ??= (async () => {
    since = Date.now();
    if (reason) say(reason);
    let last = code;
    for (const work of [...works].reverse()) {
      try {
        // A process that ran in our place ends us with its own code.
        last = (await work()) ?? last;
      } catch (failure) {
        last = 1;
        say(sentence(failure));
      }
    }
    process.exit(last);
  })();
  return leaving;
}

/** From here on Ctrl-C, SIGTERM, a closed terminal and a dead npm all leave in order. */
export function listen({ code, hurry, quiet = false }) {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.removeAllListeners(name);
    process.on(name, () => {
      // A terminal and npm may both pass the same Ctrl-C on; only a later one means "at once".
      if (leaving && Date.now() - since > 1_000) hurry?.();
      else leave(code, leaving || quiet ? null : "\nStopping …");
    });
  }
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (failure) => leave(1, `\n${sentence(failure)}`));
}

export function leaveWithLauncher(code) {
  watchLauncher(launcher(), () => leave(code, "\nStopping: npm, which started this, has ended …"));
}
