import { describe, expect, it } from "vitest";
import { removeView } from "@/lib/cases/remove-view";
import { saveView, VIEWS_MAX } from "@/lib/cases/save-view";
import { savedViewsFor } from "@/lib/desk/queries/views";
import { asPerson } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

const now = new Date();
const mine = { name: "Mine in triage", filters: { stage: "triage", owner: "me" } } as const;

describe("a saved view", () => {
  it("is kept with its filters, and the same name takes new ones", async () => {
    const owner = await makeCoordinator();
    await saveView(owner, mine, now);
    await saveView(owner, { name: mine.name, filters: { q: "Haddad" } }, now);
    expect(await savedViewsFor(owner)).toMatchObject([{ name: mine.name, filters: { q: "Haddad" } }]);
  });

  it("is one view when it is saved twice at once, and leaves a trace without its filters", async () => {
    const owner = await makeCoordinator();
    const answers = await Promise.all([saveView(owner, mine, now), saveView(owner, mine, now)]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const [view, ...more] = await savedViewsFor(owner);
    expect(more).toEqual([]);
    const traces = await asPerson(testSystem, (tx) =>
      tx.auditEvent.findMany({ where: { event: "view.saved", objectId: view?.id ?? "" } }),
    );
    expect(traces).toHaveLength(2);
    expect(JSON.stringify(traces)).not.toContain("triage");
  });

  it("is nobody else's to see or to remove", async () => {
    const owner = await makeCoordinator();
    const colleague = await makeCoordinator("Carl Colleague");
    await saveView(owner, mine, now);
    const [view] = await savedViewsFor(owner);
    expect(await savedViewsFor(colleague)).toEqual([]);
    expect(await removeView(colleague, view?.id ?? "")).toMatchObject({ ok: false, reason: "not_found" });
    const seen = await asPerson(await makePatient(), (tx) => tx.savedView.count());
    expect(seen).toBe(0);
    expect(await asPerson(colleague, (tx) => tx.savedView.count())).toBe(0);
    expect(await removeView(owner, view?.id ?? "")).toMatchObject({ ok: true });
    expect(await removeView(owner, newId())).toMatchObject({ ok: false, reason: "not_found" });
  });

  it("is refused when there are more than anybody finds again, also by two saves at once", async () => {
    const owner = await makeCoordinator();
    for (let n = 1; n < VIEWS_MAX; n += 1) await saveView(owner, { ...mine, name: `View ${n}` }, now);
    const answers = await Promise.all(
      ["One more", "Another"].map((name) => saveView(owner, { ...mine, name }, now)),
    );
    expect(answers.map((answer) => answer.ok).toSorted()).toEqual([false, true]);
    expect(await saveView(owner, { ...mine, name: "View 1" }, now)).toMatchObject({ ok: true });
  });
});
