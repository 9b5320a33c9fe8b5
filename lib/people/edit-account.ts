import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { EditAccountForm } from "./forms";

/** Another name or another language for the pages and mails of one's own account. */
export async function editAccount(
  person: SignedIn,
  form: EditAccountForm,
): Promise<Outcome<null, "not_found">> {
  const { name, locale } = form;
  return asPerson(person, async (tx) => {
    const own = { id: person.personId, erasedAt: null };
    const { count } = await tx.person.updateMany({ where: own, data: { name, locale } });
    if (count === 0) return refused("not_found");
    const changed = [name === person.name ? [] : ["name"], locale === person.locale ? [] : ["locale"]].flat();
    await writeAudit(tx, person, "person.edited", {
      objectType: "person",
      objectId: person.personId,
      facts: { fields: changed.join(" ") },
    });
    return done(null);
  });
}
