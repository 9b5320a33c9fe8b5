import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { pressUntil } from "../support/keyboard";
import { demoStaff, must, sentCase } from "../support/main-job";

/** A case of somebody whose name nobody else has. */
async function ownNamedCase(name = ownName()) {
  return { ...(await sentCase({ name })), name };
}

const ownName = () => `Zelda ${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;

async function ownerOf(id: string): Promise<string | null> {
  const { coordinator } = await demoStaff();
  return must(await coordinator.get<{ owner: { name: string | null } }>(`/cases/${id}`), 200).owner.name;
}

const focusedRow = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.closest("[data-row]")?.querySelector("bdi")?.textContent ?? null,
  );

/** To the first row, once the keys are heard. */
const walkDown = (page: Page) =>
  pressUntil(page, "j", async () => expect(await focusedRow(page)).not.toBeNull());

test("a case is found by its patient's name, opened and taken without the mouse", async ({ page }) => {
  test.setTimeout(120_000);
  const sent = await ownNamedCase();
  await signIn(page, "coordinator@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto("/en/desk");
  const opener = page.getByRole("button", { name: "Search or act" });
  const field = page.getByRole("combobox");
  await opener.focus();
  await expect(async () => {
    if ((await page.getByRole("dialog").count()) === 0) await page.keyboard.press("Control+k");
    await expect(field).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type(sent.name.toLowerCase());
  await expect(page.getByRole("option", { name: new RegExp(sent.number) })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(sent.number);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("take");
  await expect(page.getByRole("option", { name: "Take this case" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Triage");
  await expect(page.getByText("The case is yours.")).toBeVisible();

  await page.keyboard.press("2");
  await expect(page).toHaveURL(/\/records$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("no such thing at all");
  await expect(page.getByText("Nothing fits. Try fewer letters.")).toBeVisible();
  expect(refused).toEqual([]);
});

test("the palette of finance leads to its own pages and to no case", async ({ page }) => {
  await signIn(page, "finance@demo.valvia.test");
  await page.goto("/ar/desk/money");
  await expect(async () => {
    if ((await page.getByRole("dialog").count()) === 0) await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "انتقل" })).toBeFocused({ timeout: 1_000 });
  }).toPass();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("option")).toHaveText(["المال", "الإعدادات", "الحساب"]);
  await expectAccessible(page);
  const answer = await page.request.get("/ar/desk/find?q=V-2026");
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toEqual({ items: [] });
});

test("the table of cases is walked, chosen from and taken from by keys", async ({ page }) => {
  test.setTimeout(120_000);
  const one = await ownNamedCase();
  const other = await ownNamedCase(one.name);
  await signIn(page, "coordinator@demo.valvia.test");
  // Whatever else comes to the desk meanwhile, these two are the whole table.
  await page.goto(`/en/desk/cases?q=${encodeURIComponent(one.name)}`);
  await expect(page.getByRole("checkbox", { name: /^Choose V/ })).toHaveCount(2);
  await walkDown(page);
  const first = await focusedRow(page);
  await page.keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: `Choose ${first}` })).toBeChecked();
  const second = first === one.number ? other.number : one.number;
  // The keys are heard before the table is: the first may have gone a row too far.
  for (let step = 0; step < 2 && (await focusedRow(page)) !== second; step += 1)
    await page.keyboard.press(step === 0 ? "j" : "k");
  await page.keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: `Choose ${second}` })).toBeChecked();
  await expectAccessible(page);
  await page.keyboard.press("t");
  await expect(page.getByText("2 cases are yours.")).toBeVisible();
  expect(await ownerOf(one.id)).toBe("Clara Winter");
  expect(await ownerOf(other.id)).toBe("Clara Winter");

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(one.number);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(one.number));
  await expect(page.getByRole("row")).toHaveCount(2);
  await walkDown(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(one.number);
});

test("chosen cases are handed over together, and the order of the table is a link", async ({ page }) => {
  test.setTimeout(120_000);
  const sent = await sentCase();
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/cases?q=${sent.number}`);
  await page.getByRole("checkbox", { name: `Choose ${sent.number}` }).check();
  await page.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText("Choose who gets them.").first()).toBeVisible();
  await page.getByLabel("Hand over to").selectOption({ label: "Samuel Okoye" });
  await page.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText("1 case handed over.")).toBeVisible();
  expect(await ownerOf(sent.id)).toBe("Samuel Okoye");

  await page.goto("/en/desk/cases");
  await page.getByRole("link", { name: "Due" }).click();
  await expect(page).toHaveURL(/sort=due/);
  await expect(page.getByRole("columnheader", { name: "Due" })).toHaveAttribute("aria-sort", "ascending");
});

test("the list of keys opens by a question mark, and switches single keys off", async ({ page }) => {
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto("/en/desk/cases");
  await expect(page.getByRole("columnheader", { name: "Due" })).toBeVisible();
  const keys = page.getByRole("dialog", { name: "Keys" });
  await pressUntil(page, "?", () => expect(keys).toBeVisible({ timeout: 1_000 }));
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: "Single keys work on this computer" }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  expect(await focusedRow(page)).toBeNull();
});

test("what was written and not sent is there again, is thrown away, and goes with the sign-out", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { coordinator } = await demoStaff();
  const sent = await sentCase();
  must(await coordinator.post(`/cases/${sent.id}/take`), 200);
  await signIn(page, "coordinator@demo.valvia.test");
  const messages = `/en/desk/cases/${sent.id}/messages?audience=internal`;
  const note = page.getByLabel("Message", { exact: true });
  const kept = () =>
    page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("valvia:kept")));
  await page.goto(messages);
  await note.fill("Call");
  await expect.poll(kept).toHaveLength(1);
  // Away within the same moment as the last key, and back.
  await note.fill("Call the daughter after six.");
  await page.getByRole("link", { name: "Records", exact: true }).click();
  await expect(page.getByText(/^(Still open before centres|Everything the first answer)/)).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(note).toHaveValue("Call the daughter after six.");
  await expect(page.getByText("You wrote this here before and did not send it.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Throw it away" }).click();
  await expect(note).toHaveValue("");

  await note.fill("The scan is in Arabic.");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "The scan is in Arabic." })).toBeVisible();
  await page.goto(messages);
  await expect(note).toHaveValue("");

  await note.fill("Half a sentence");
  await expect.poll(kept).toHaveLength(1);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => !url.pathname.includes("/desk"));
  await expect.poll(kept).toEqual([]);
});
