import { expect, type Page } from "@playwright/test";
import { newPatient } from "../support/api";
import { expectAccessible, expectNothingCut, signIn, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { must, sentCase } from "../support/main-job";
import ar from "../../locales/ar/companions.json" with { type: "json" };

const PASSWORD = "a long sentence to remember";

/** The invitation in the newest mail to an address, and what that mail says. */
async function invitationTo(page: Page, email: string): Promise<string> {
  const link = page.getByRole("link", { name: /\/my\/invitations\// }).first();
  await expect(async () => {
    await page.goto(`/en/mailbox?to=${encodeURIComponent(email)}`);
    await expect(link).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000, intervals: [1_000] });
  return new URL((await link.getAttribute("href")) ?? "").pathname;
}

test("who is asked to help knows by whom and for what before they say yes, and is offered nothing else after", async ({
  page,
  elsewhere,
}) => {
  test.setTimeout(120_000);
  const refused = watchPolicy(page);
  const asks = await sentCase();
  const { email } = await newPatient();
  must(await asks.patient.post(`/cases/${asks.id}/access`, { email, scopes: ["read", "message"] }), 201);

  await signIn(page, email, PASSWORD);
  const invitation = await invitationTo(page, email);
  await expect(page.getByText(/see what is kept there for them and write messages for them/)).toBeVisible();
  await page.goto(invitation);
  await expect(page.getByRole("heading", { level: 1, name: /asks for your help$/ })).toBeVisible();
  await expect(page.getByText(asks.email)).toBeVisible();
  await expect(page.getByText("write messages for them")).toBeVisible();
  await expect(page.getByText("pay for them")).toHaveCount(0);
  await expect(page.getByText("send records for them")).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(invitation.replace("/en/", "/ar/"));
  await expect(page.getByText(ar.invitation.acts.message)).toBeVisible();
  await expectNothingCut(page, "an invitation on a phone");
  await page.goto(invitation);

  // For whoever else is signed in the link is nothing.
  const stranger = await elsewhere();
  await signIn(stranger, (await newPatient()).email, PASSWORD);
  await stranger.goto(invitation);
  await expect(stranger.getByText("This invitation is not open")).toBeVisible();
  await expect(stranger.getByText(asks.email)).toHaveCount(0);

  await page.getByRole("button", { name: "Help with this case" }).click();
  await page.waitForURL(/\/en\/my\/cases\/[^/]+$/);
  await page.goto(`/en/my/cases/${asks.id}/records`);
  await expect(page.getByText("You may read what is here.", { exact: false })).toBeVisible();
  await expect(page.getByRole("main").getByText(/^Send photos|^Begin with|^Write them down/)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "The patient's records" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Send records" })).toHaveCount(0);
  await expectAccessible(page);

  await page.goto(invitation);
  await expect(page.getByText("You help with this case already")).toBeVisible();
  expect(refused).toEqual([]);
});
