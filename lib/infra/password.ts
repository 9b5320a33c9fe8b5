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

/** Whether so many wait for their turn that one more would only make everybody wait longer. */
export function isPasswordQueueFull(): boolean {
  return waiting.length >= WAITING_MAX;
}

/** Two at a time, so that a flood of sign-ins cannot take the machine away from everybody else. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  while (running >= RUNNING_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), OPTIONS));
}

/** Compares in the same time whether or not there is an account. To be called in turn. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const fits = await verify(stored ?? DUMMY, password.normalize("NFKC"));
  return stored !== null && fits;
}
