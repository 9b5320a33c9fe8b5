import { notFound } from "next/navigation";
import { expect, it, vi } from "vitest";
import { saveView } from "@/lib/cases/save-view";
import { boardFor } from "@/lib/desk/queries/board";
import { savedViewsFor } from "@/lib/desk/queries/views";
import { log } from "@/lib/infra/log";
import { part } from "@/lib/infra/part";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient } from "../../support/people";
import { withUnreadableViews } from "../../support/unreadable";

it("writes a part's failure down under a number, and the next part is read all the same", async () => {
  const said = vi.spyOn(log, "error").mockImplementation(() => undefined);
  const owner = await makeCoordinator();
  await makeCase({ patient: await makePatient(), owner, stage: "triage" });
  await saveView(owner, { name: "Mine", filters: {} }, new Date());
  await withUnreadableViews(process.env["DATABASE_URL"] ?? "", owner.personId, async () => {
    const views = await part("saved views", () => savedViewsFor(owner));
    const board = await part("board", () => boardFor(owner));
    expect(views).toEqual({ ok: false, reference: expect.stringMatching(/^[0-9a-f]{8}$/) as string });
    expect(said.mock.calls).toEqual([
      [
        expect.objectContaining({ kind: "saved views", code: views.ok ? "" : views.reference }),
        expect.any(String),
      ],
    ]);
    expect(board.ok && board.value.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });
  expect(await part("saved views", () => savedViewsFor(owner))).toMatchObject({ ok: true });
  said.mockRestore();
});

it("leaves what is not there to the whole page", async () => {
  await expect(part("a case", async () => notFound())).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
});
