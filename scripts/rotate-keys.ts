import { rotateKeys } from "@/lib/documents/rotate-keys";
import { closeDb } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";

/** Wraps every file's key by RECORDS_KEY, while the product runs; says how far it is, and when the old key may go. */
let told = 0;
const { rewrapped, left } = await rotateKeys(systemActor("keys"), {
  onProgress: (count) => {
    if (count - told < 1_000) return;
    told = count;
    process.stdout.write(`${count} keys wrapped anew …\n`);
  },
});
process.stdout.write(`${rewrapped} keys wrapped anew.\n`);
process.stdout.write(
  left === 0
    ? "Every key is wrapped by RECORDS_KEY: RECORDS_KEY_PREVIOUS may be dropped.\n"
    : `${left} keys are not: keep RECORDS_KEY_PREVIOUS and run this again.\n`,
);
await closeDb();
process.exitCode = left === 0 ? 0 : 1;
