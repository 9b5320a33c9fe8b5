import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signIn, untilAwake, watchPolicy } from "../support/browser";
import { pressUntil } from "../support/keyboard";
import { CALM, demoStaff, must, sentCase, type SentCase } from "../support/main-job";

const made: string[] = [];

/** A case on the board; one with a warning sign is due within minutes and stands on top of its column. */
async function caseOnBoard(sign: keyof typeof CALM): Promise<SentCase> {
  const sent = await sentCase({ redFlags: { ...CALM, [sign]: true } });
  made.push(sent.id);
  return sent;
}

// The board shows the cases due first: those of one run would hide those of the next.
test.afterAll(async () => {
  const { coordinator } = await demoStaff();
  for (const id of made.splice(0)) {
    if ((await stageOf(id)) === "submitted") must(await coordinator.post(`/cases/${id}/take`), 200);
    must(await coordinator.post(`/cases/${id}/cancel`, { cause: "The journey is over" }), 200);
  }
});

async function stageOf(id: string): Promise<string> {
  const { coordinator } = await demoStaff();
  return must(await coordinator.get<{ stage: string }>(`/cases/${id}`), 200).stage;
}

/** The number on the card that has the focus. */
async function focusedNumber(page: Page): Promise<string | null> {
  return page.evaluate(
    () => document.activeElement?.closest("[data-card]")?.querySelector("bdi")?.textContent ?? null,
  );
}

const card = (page: Page, number: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name: number }) });
const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a coordinator moves ten cases one step each without the mouse", async ({ page }) => {
  test.setTimeout(180_000);
  const cases = await Promise.all(Array.from({ length: 10 }, () => caseOnBoard("restBreathlessness")));
  await signIn(page, "coordinator@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto("/en/desk");
  await expect(page.getByRole("heading", { name: "Submitted" })).toBeVisible();

  let presses = 1;
  await pressUntil(page, "j", async () => expect(await focusedNumber(page)).not.toBeNull());
  const left = new Set(cases.map(({ number }) => number));
  while (left.size > 0) {
    await expect.poll(() => focusedNumber(page), "the focus stays on the board").not.toBeNull();
    const here = (await focusedNumber(page)) ?? "";
    if (!left.has(here)) {
      await page.keyboard.press("ArrowDown");
      presses += 1;
      await expect.poll(() => focusedNumber(page), "there is a next card").not.toBe(here);
      continue;
    }
    await page.keyboard.press("m");
    await expect(page.getByRole("menuitem", { name: "Triage", exact: true })).toBeFocused();
    await page.keyboard.press("Enter");
    presses += 2;
    await expect(page.getByText(`${here} has moved to Triage.`)).toBeVisible();
    await expect.poll(() => focusedNumber(page), "the focus goes on to the next card").not.toBe(here);
    left.delete(here);
  }
  process.stdout.write(`ten cases, one step each: ${presses} key presses\n`);
  expect(await Promise.all(cases.map(({ id }) => stageOf(id)))).toEqual(Array.from(cases, () => "triage"));
  expect(presses).toBeLessThanOrEqual(40);
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("a card is dragged to the next column, and the step is taken back", async ({ page }) => {
  test.setTimeout(120_000);
  const { coordinator } = await demoStaff();
  const sent = await caseOnBoard("syncope");
  must(await coordinator.post(`/cases/${sent.id}/take`), 200);
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto("/en/desk");
  const moved = page.getByText(`${sent.number} has moved to Collecting records.`);
  const still = column(page, "Triage").getByRole("listitem").filter({ hasText: sent.number });
  // A board that has just been sent takes no card yet; once it is awake, one drag is one step.
  await untilAwake(still.getByRole("article"));
  await still.getByRole("article").dragTo(column(page, "Collecting records"));
  await expect(moved).toBeVisible();
  await expect(column(page, "Collecting records").getByRole("link", { name: sent.number })).toBeVisible();
  expect(await stageOf(sent.id)).toBe("collecting_records");

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${sent.number} is back in Triage.`)).toBeVisible();
  expect(await stageOf(sent.id)).toBe("triage");
});

test("a step that is refused brings the card back and says beside it why and what to do", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { coordinator } = await demoStaff();
  const sent = await caseOnBoard("syncope");
  must(await coordinator.post(`/cases/${sent.id}/take`), 200);
  must(await coordinator.post(`/cases/${sent.id}/stage`, { to: "collecting_records" }), 200);
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto("/en/desk");
  const records = column(page, "Collecting records");
  const link = records.getByRole("link", { name: sent.number });
  await untilAwake(link);
  await link.focus();
  const said = card(page, sent.number).getByRole("alert");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(said).toContainText("No treatment centre owes an answer.");
  await expect(records.getByRole("link", { name: sent.number })).toBeVisible();
  await expect(card(page, sent.number).getByRole("link", { name: "Ask a centre" })).toBeVisible();
  await expectAccessible(page);

  await records.getByRole("link", { name: sent.number }).focus();
  await page.keyboard.press("m");
  await expect(page.getByRole("menuitem", { name: "Triage", exact: true })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: /^Treated/ })).toHaveCount(0);
  await expect(page.getByText("No other stage can be reached from “Collecting records”.")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(records.getByRole("link", { name: sent.number })).toBeFocused();
});

test("the board is read and walked from right to left in Arabic", async ({ page }) => {
  test.setTimeout(120_000);
  const { coordinator } = await demoStaff();
  const sent = await caseOnBoard("syncope");
  must(await coordinator.post(`/cases/${sent.id}/take`), 200);
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto("/ar/desk");
  const there = column(page, "جمع السجلات").getByRole("link", { name: sent.number });
  const here = page.locator("[data-card]").getByRole("link", { name: sent.number });
  await untilAwake(here);
  await here.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(there).toBeVisible();
  await expect.poll(() => stageOf(sent.id)).toBe("collecting_records");
  await expectAccessible(page);
});
