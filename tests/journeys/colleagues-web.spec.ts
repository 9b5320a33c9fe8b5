import { expect, type Page } from "@playwright/test";
import { expectAccessible, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";

const SAVE = "Save the prices as a draft";
const OVERTAKEN = /A colleague saved the same entry meanwhile/;

/** The price list in a browser of its own; the first two rows of it. */
async function pricesOf(page: Page) {
  await page.goto("/en/cabinet/prices");
  const rows = page.getByRole("main").locator("form").first().getByRole("group");
  const high = (row: number) => rows.nth(row).getByLabel("High");
  const save = () => page.getByRole("button", { name: SAVE }).click();
  return { page, rows, high, save };
}

test("two managers at one price list ask one another only about the row both changed", async ({
  signedIn,
}) => {
  test.setTimeout(120_000);
  const mine = await pricesOf(await signedIn("manager2@demo.valvia.test"));
  const theirs = await pricesOf(await signedIn("manager2@demo.valvia.test"));
  const refused = watchPolicy(mine.page);
  const first = Number(await mine.high(0).inputValue());
  const second = Number(await mine.high(1).inputValue());

  await theirs.high(0).fill(String(first + 2000));
  await theirs.high(1).fill(String(second + 2000));
  await theirs.save();
  await expect(theirs.page.getByText("Saved in the draft.")).toBeVisible();

  await mine.high(0).fill(String(first + 1000));
  await mine.save();
  await expect(mine.page.getByRole("alert").getByText(OVERTAKEN)).toBeVisible();
  await expect(mine.rows.nth(0).getByText(/^A colleague saved .+ meanwhile\.$/)).toHaveCount(1);
  await expect(mine.rows.nth(1).getByText(/A colleague saved/)).toHaveCount(0);
  await expectAccessible(mine.page);

  // The second press keeps what was typed, in the one field it was typed in.
  await mine.save();
  await expect(mine.page.getByText("Saved in the draft.")).toBeVisible();
  await expect(mine.high(1)).toHaveValue(String(second + 2000));
  await mine.page.reload();
  await expect(mine.high(0)).toHaveValue(String(first + 1000));
  await expect(mine.high(1)).toHaveValue(String(second + 2000));

  // The other one, whose page is old by now, takes what was saved instead.
  await theirs.high(0).fill(String(first + 3000));
  await theirs.rows.nth(0).getByLabel("Days, most").fill("30");
  await theirs.save();
  await expect(theirs.page.getByRole("alert").getByText(OVERTAKEN)).toBeVisible();
  await theirs.rows.nth(0).getByRole("button", { name: "Take theirs" }).click();
  await expect(theirs.high(0)).toHaveValue(String(first + 1000));
  await theirs.save();
  await expect(theirs.page.getByText("Saved in the draft.")).toBeVisible();
  await mine.page.reload();
  await expect(mine.high(0)).toHaveValue(String(first + 1000));
  await expect(mine.rows.nth(0).getByLabel("Days, most")).toHaveValue("30");
  expect(refused).toEqual([]);
});

test("without scripts a colleague's value stands at its field, and the next press keeps all they saved elsewhere", async ({
  browser,
  signedIn,
}) => {
  const signed = await signedIn("manager2@demo.valvia.test");
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await signed.context().storageState(),
  });
  const theirs = await pricesOf(signed);
  const mine = await pricesOf(await plain.newPage());
  const first = Number(await mine.high(0).inputValue());
  const second = Number(await mine.high(1).inputValue());
  await theirs.high(0).fill(String(first + 20));
  await theirs.high(1).fill(String(second + 20));
  await theirs.save();
  await expect(theirs.page.getByText("Saved in the draft.")).toBeVisible();
  await mine.high(0).fill(String(first + 10));
  await mine.save();
  await expect(mine.rows.nth(0).getByText(/^A colleague saved .+ meanwhile\.$/)).toHaveCount(1);
  await expect(mine.page.getByRole("button", { name: "Take theirs" })).toHaveCount(0);
  await mine.save();
  await expect(mine.page.getByText("Saved in the draft.")).toBeVisible();
  await theirs.page.reload();
  await expect(theirs.high(0)).toHaveValue(String(first + 10));
  await expect(theirs.high(1)).toHaveValue(String(second + 20));
});
