import { expect, test } from "@playwright/test";
import { ApiClient } from "../support/api";
import { expectAccessible, expectNothingCut, signIn, signOut } from "../support/browser";
import { must } from "../support/main-job";

interface Case {
  id: string;
  contact: { name: string };
}

test("a second opinion of the demo is read by its patient, and finance sees what waits for somebody", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const patient = await ApiClient.signIn("patient@demo.valvia.test");
  const { items } = must(await patient.get<{ items: Case[] }>("/cases"), 200);
  const youssef = items.find(({ contact }) => contact.name === "Youssef Haddad")?.id ?? "";
  await signIn(page, "patient@demo.valvia.test");
  await page.goto(`/en/my/cases/${youssef}/orders`);
  await expect(page.getByText("Answered")).toBeVisible();
  await expect(page.getByRole("link", { name: "Read the answer" })).toBeVisible();
  const bar = page.getByRole("navigation").filter({ has: page.getByRole("link", { name: "Clinics" }) });
  await expect(bar.locator("[aria-current=page]:visible")).toHaveText(/Clinics/);
  await expectAccessible(page);
  await expectNothingCut(page, "ordered second opinions");
  await signOut(page);

  await signIn(page, "finance@demo.valvia.test");
  await page.goto("/en/desk/money/opinions");
  await expect(page.getByText("These fees do not go back by themselves")).toBeVisible();
  await expect(page.getByRole("button", { name: "Release to the centre" }).first()).toBeVisible();
  const returned = page.getByRole("listitem").filter({ hasText: "Second opinion called off" });
  await expect(returned.getByRole("button", { name: "Sent through the bank" })).toBeVisible();
  await expectAccessible(page);
});
