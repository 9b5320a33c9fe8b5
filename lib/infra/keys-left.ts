import "server-only";
import { asPerson } from "./db";
import { currentKeyVersion } from "./record-store-key";
import { systemActor } from "./session";

/** How many files still wear the old master key: at none it may be dropped. */
export async function keysLeft(): Promise<number> {
  const keyVersion = { not: currentKeyVersion() };
  return asPerson(systemActor("keys"), async (tx) => {
    const records = await tx.record.count({ where: { keyVersion, wrappedKey: { not: null } } });
    const bills = await tx.billFile.count({ where: { keyVersion } });
    return records + bills + (await tx.document.count({ where: { keyVersion } }));
  });
}
