// Loaded before a child's own code (`node --import`): the pipe it reads closes when the starter is gone, however it
// went, and then the child ends too.
const GRACE_MS = 4_000;

function leave() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
}

// A development server hands its own flags to its helpers; whoever is not the starter's own child has no such pipe.
if (process.ppid === Number(process.env.VALVIA_STARTER)) {
  process.stdin.once("end", leave);
  process.stdin.once("error", leave);
  process.stdin.resume();
  process.stdin.unref?.();
}
