import { expect, test } from "@playwright/test";
import { signIn } from "../support/browser";
import { walkPages } from "../support/every-page";
import { expectStill, slowDown } from "../support/standing-still";

test.use({ viewport: { width: 360, height: 780 } });

for (const locale of ["en", "ar"] as const)
  test(`no page of a patient jumps while its scripts come, in ${locale}`, async ({ page }) => {
    test.setTimeout(180_000);
    await slowDown(page);
    await signIn(page, "patient@demo.valvia.test");
    const walk = { locale, roots: ["/my", "/account"], area: /^\/(my|account)\b/, cases: 1 };
    const { count, wrong } = await walkPages(page, walk, () => expectStill(page));
    expect.soft(count).toBeGreaterThanOrEqual(14);
    expect(wrong).toEqual([]);
  });
