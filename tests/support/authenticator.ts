import { expect, type Page } from "@playwright/test";
import { codeOf, stepAt } from "../../lib/people/one-time-code";
import { expectAccessible, untilAwake } from "./browser";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An authenticator app that was told this key by hand. Its codes work once: `ahead` asks for the next one. */
export function appWith(key: string): { code(ahead?: number): string } {
  const letters = Array.from(key.replaceAll(/\s/g, ""));
  const bits = letters.map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  const secret = Uint8Array.from(bytes, (eight) => Number.parseInt(eight, 2));
  return { code: (ahead = 0) => codeOf(secret, stepAt(new Date()) + ahead) };
}

/** Switches the second step on, as its owner would; answers the app and the recovery codes. */
export async function switchOnByPage(page: Page, password: string) {
  await page.goto("/en/account");
  await page.getByRole("link", { name: "Set up a second step" }).click();
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(page.getByRole("img", { name: "QR picture for your authenticator app" })).toBeVisible();
  await expectAccessible(page);
  const app = appWith(await page.locator("code").innerText());
  // The codes are shown in place of the form by its script.
  await untilAwake(page.getByRole("button", { name: "Switch on" }));
  await page.getByLabel("Code from the app").fill(app.code());
  await page.getByLabel("Your password now").fill(password);
  await page.getByRole("button", { name: "Switch on" }).click();
  const codes = page.getByRole("region", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  await expectAccessible(page);
  const told = await codes.getByRole("listitem").allInnerTexts();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByText("10 are left")).toBeVisible();
  return { app, codes: told };
}
