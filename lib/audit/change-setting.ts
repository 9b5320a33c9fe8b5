import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { writeAudit } from "./write-audit";

export interface SettingChange {
  key: string;
  value: Prisma.InputJsonValue;
  /** When the setting was last changed, as its page was opened; null when it had never been set. */
  seenAt: Date | null;
  facts: Record<string, string | number | boolean | null>;
}

/** Sets one setting and leaves the trace, unless somebody changed it since this administrator looked. */
export async function changeSetting(
  tx: Tx,
  admin: Admin,
  { key, value, seenAt, facts }: SettingChange,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const said = { value, changedById: admin.personId, changedAt: now };
  const { count } =
    seenAt === null
      ? await tx.setting.createMany({ data: [{ key, ...said }], skipDuplicates: true })
      : await tx.setting.updateMany({ where: { key, changedAt: within(seenAt) }, data: said });
  if (count === 0) return refused("stale_settings");
  await writeAudit(tx, admin, "setting.changed", { objectType: "setting", facts: { key, ...facts } });
  return done(null);
}

/** The database knows microseconds, a page milliseconds. */
export function within(seenAt: Date): { gte: Date; lt: Date } {
  return { gte: seenAt, lt: new Date(seenAt.getTime() + 1) };
}
