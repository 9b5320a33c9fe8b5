import { expect, test } from "@playwright/test";
import { until } from "../support/api";
import { expectAccessible, expectNothingCut, signIn, watchPolicy } from "../support/browser";
import { confirmedDay, demoStaff, must, payPage } from "../support/main-job";
import ar from "../../locales/ar/my.json" with { type: "json" };

const PASSWORD = "a long sentence to remember";

interface Refund {
  id: string;
  bookingId: string | null;
  cause: string;
  amount: { amount: number };
}

interface Planned {
  items: { id: string; kind: string; contract: string; state: string }[];
}

/** Confirmed, and all of contract B paid: more than a withdrawal keeps. */
async function paidDay() {
  const made = await confirmedDay();
  const plan = () => made.patient.get<Planned>(`/bookings/${made.bookingId}/plan`);
  const ofB = ({ kind, contract }: Planned["items"][number]) => kind === "balance" && contract === "B";
  const id = must(await plan(), 200).items.find(ofB)?.id;
  const { url } = must(await made.patient.post<{ url: string }>(`/plan-items/${id}/checkout`), 200, 201);
  await payPage(url);
  await until(plan, (answer) => answer.body.items.find(ofB)?.state === "paid");
  return made;
}

test("who withdraws from contract B keeps the day and hears what comes back; refused, the desk asks for it again", async ({
  page,
  browser,
}) => {
  test.setTimeout(200_000);
  const refused = watchPolicy(page);
  const { patient, email, caseId, bookingId } = await paidDay();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/booking`);
  await page.getByRole("link", { name: "Withdraw from contract B" }).click();
  await expect(page.getByText("Contract A with the hospital stays, and so does your day.")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`/ar/my/cases/${caseId}/booking/withdraw`);
  await expect(page.getByText(ar.withdraw.heading)).toBeVisible();
  await expectAccessible(page);
  await expectNothingCut(page, "the second step of a withdrawal on a phone");

  // Nobody else has this page, or may say it.
  const others = await browser.newContext();
  const stranger = await others.newPage();
  await signIn(stranger, "patient2@demo.valvia.test");
  await stranger.goto(`/en/my/cases/${caseId}/booking/withdraw`);
  await expect(stranger.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  await others.close();

  await page.goto(`/en/my/cases/${caseId}/booking/withdraw`);
  await page.getByRole("button", { name: "Confirm the withdrawal" }).click();
  await expect(page.getByText("Your withdrawal from contract B arrived on")).toBeVisible();
  await expect(page.getByText("Contract A with the hospital and your day stay.")).toBeVisible();
  await expectAccessible(page);
  // The way back leads to what came of it, and nothing is said twice.
  await page.goto(`/en/my/cases/${caseId}/booking/withdraw`);
  await expect(page).toHaveURL(new RegExp(`/en/my/cases/${caseId}/booking$`));
  await expect(page.getByText("You withdrew from this contract on")).toBeVisible();
  expect(must(await patient.get<{ state: string }>(`/bookings/${bookingId}`), 200).state).toBe("confirmed");

  const { finance } = await demoStaff();
  const list = async () => {
    const { items } = must(
      await finance.get<{ items: Refund[] }>("/refunds?state=calculated&limit=100"),
      200,
    );
    return items.filter((one) => one.bookingId === bookingId);
  };
  const [asked] = await list();
  if (!asked) throw new Error("Nothing was proposed.");
  expect(asked).toMatchObject({ cause: "withdrawal" });
  must(await finance.post(`/refunds/${asked.id}/refuse`, { reason: "The papers are missing" }), 200);

  const desk = await browser.newContext();
  const theirs = await desk.newPage();
  await signIn(theirs, "coordinator@demo.valvia.test");
  await theirs.goto(`/en/desk/cases/${caseId}/booking`);
  await theirs.getByText("Propose a refund again").click();
  const form = theirs.locator("form").filter({ has: theirs.getByRole("button", { name: "Propose" }) });
  // Contract A stands: nothing else ended.
  await expect(form.getByLabel("Cause").locator("option:not([value=''])")).toHaveText([
    "The patient withdrew from contract B",
  ]);
  await form.getByLabel("Cause").selectOption("withdrawal");
  await expectAccessible(theirs);
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(theirs.getByText("Proposed. Finance decides.")).toBeVisible();
  await desk.close();
  expect((await list()).map(({ cause, amount }) => [cause, amount])).toEqual([["withdrawal", asked.amount]]);
  expect(refused).toEqual([]);
});
