import "server-only";
import { hash, verify } from "@node-rs/argon2";

/** Argon2id as OWASP advises: 19 MiB, two passes, one lane; about 22 ms of one core. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of a random password: an unknown address costs the same work as a known one. */
const DUMMY =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$4oHXzXcZ8vJmUqk7Vq2m3z1Vf4bJH5mM3o6o9m9Jb1o";

const RUNNING_MAX = 2;
const WAITING_MAX = 500;
const waiting: (() => void)[] = [];
let running = 0;

export class PasswordQueueFull extends Error {}

/** Two hashes at a time, so that a flood of sign-ins cannot take the machine away from everybody else. */
async function queued<T>(work: () => Promise<T>): Promise<T> {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) throw new PasswordQueueFull("Too many sign-ins are waiting.");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return queued(() => hash(password.normalize("NFKC"), OPTIONS));
}

/** Compares in the same time whether or not there is an account. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const fits = await queued(() => verify(stored ?? DUMMY, password.normalize("NFKC")));
  return stored !== null && fits;
}
