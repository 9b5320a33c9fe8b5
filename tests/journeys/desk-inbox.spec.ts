import { expect, test } from "@playwright/test";
import { expectAccessible, signIn, watchPolicy } from "../support/browser";
import { demoStaff, must, sentCase, type SentCase } from "../support/main-job";

/** A case of the coordinator's whose patient wrote and waits. */
async function askingCase(name: string): Promise<SentCase> {
  const { coordinator } = await demoStaff();
  const asking = await sentCase({ name });
  must(await coordinator.post(`/cases/${asking.id}/take`), 200);
  must(await asking.patient.post(`/cases/${asking.id}/messages`, { body: "May I fly with oxygen?" }), 201);
  return asking;
}

test("two patients who wait are answered one after the other without the mouse", async ({ page }) => {
  test.setTimeout(120_000);
  const stamp = Date.now().toString(36);
  const names = [`Ines ${stamp}`, `Omar ${stamp}`];
  const cases = await Promise.all(names.map(askingCase));
  await signIn(page, "coordinator@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto("/en/desk/inbox");
  const line = (name: string) => page.getByRole("listitem").getByRole("link", { name });
  await expect(line(names[0] ?? "")).toBeVisible();
  await expectAccessible(page);
  const isOn = (name: string) => line(name).evaluate((link) => link === document.activeElement);
  for (const name of names) {
    // A page that has just been sent hears no key yet, and others may have written before these two.
    await expect(async () => {
      for (let step = 0; step < 60 && !(await isOn(name)); step += 1) await page.keyboard.press("j");
      expect(await isOn(name)).toBe(true);
    }).toPass();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
    const field = page.getByLabel("Message", { exact: true });
    await expect(async () => {
      const isThere = await field.evaluate((node) => node === document.activeElement);
      if (!isThere) await page.keyboard.press("r");
      await expect(field).toBeFocused({ timeout: 1_000 });
    }).toPass();
    // The key that leads here is not the first letter of the answer.
    await expect(field).toHaveValue("");
    await page.keyboard.type("Yes, with the airline's form.");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("Sent.")).toBeVisible();
    await expect(page.getByRole("region", { name }).getByText(/^Rests: answered/)).toBeVisible();
    await page.getByRole("heading", { level: 1 }).click();
  }
  await expectAccessible(page);
  const { coordinator } = await demoStaff();
  for (const { id } of cases) {
    const { items } = must(
      await coordinator.get<{ items: { body: string }[] }>(`/cases/${id}/messages`),
      200,
    );
    expect(items.filter(({ body }) => body === "Yes, with the airline's form.")).toHaveLength(1);
  }
  expect(refused).toEqual([]);
});

test("a thank-you needs no answer: the thread rests", async ({ page }) => {
  test.setTimeout(120_000);
  const { coordinator } = await demoStaff();
  const name = `Rosa ${Date.now().toString(36)}`;
  const { id, patient } = await askingCase(name);
  must(await coordinator.post(`/cases/${id}/messages`, { body: "Yes.", audience: "patient" }), 201);
  must(await patient.post(`/cases/${id}/messages`, { body: "Thank you!" }), 201);
  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/inbox?thread=${id}&with=patient`);
  const thread = page.getByRole("region", { name });
  await expect(thread.getByText(/^Answer in/)).toBeVisible();
  await thread.getByRole("button", { name: "Needs no answer" }).click();
  await expect(thread.getByText(/^Rests: answered/)).toBeVisible();
});
