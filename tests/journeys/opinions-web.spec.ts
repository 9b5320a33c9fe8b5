import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { until, uploadFile } from "../support/api";
import { expectAccessible, expectNothingCut, signIn, signOut } from "../support/browser";
import { CLINIC, consentToCentre, demoStaff, must, payPage, PDF, sentCase } from "../support/main-job";

const PASSWORD = "a long sentence to remember";

interface Opinion {
  id: string;
  state: string;
  reviewId: string | null;
}

/** A case whose records are complete, open to a centre that nobody has asked yet. */
async function readyCase() {
  const { coordinator } = await demoStaff();
  const { id: caseId, patient, email } = await sentCase();
  must(await coordinator.post(`/cases/${caseId}/take`), 200);
  must(await coordinator.post(`/cases/${caseId}/stage`, { to: "collecting_records" }), 200);
  const bytes = Buffer.concat([PDF, Buffer.from(`% ${randomUUID()}\n`)]);
  const recordId = await uploadFile(patient, caseId, { name: "echo.pdf", bytes, item: "tte_report" });
  await until(
    () => patient.get<{ items: { id: string; state: string }[] }>(`/cases/${caseId}/records`),
    (answer) => answer.body.items.some((record) => record.id === recordId && record.state === "readable"),
  );
  must(await coordinator.patch(`/records/${recordId}`, { state: "accepted" }), 200);
  const list = await coordinator.get<{ items: { item: string; status: string }[] }>(
    `/cases/${caseId}/checklist`,
  );
  for (const { item } of must(list, 200).items.filter((one) => one.status === "missing")) {
    const waived = { status: "waived", reason: "Not needed for a first answer" };
    must(await coordinator.patch(`/cases/${caseId}/checklist/${item}`, waived), 200);
  }
  await consentToCentre(patient, caseId);
  return { caseId, patient, email };
}

test("a second opinion is bought with its terms in view, asked for once paid, and released once signed", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { coordinator, reviewer, surgeon } = await demoStaff();
  const { caseId, patient, email } = await readyCase();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}/clinics`);
  await page.getByRole("link", { name: "Second opinion" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Second opinion" })).toBeVisible();
  await expect(page.getByText("When the fee comes back")).toBeVisible();
  await expectAccessible(page);
  await expectNothingCut(page, "second opinion");
  const offer = page.getByRole("listitem").filter({ hasText: "Herzzentrum Rheintal" });
  await offer.getByRole("button", { name: /Order with obligation to pay/ }).click();
  await expect(page.getByText("To be paid")).toBeVisible();
  await page.getByRole("button", { name: "By bank transfer instead" }).click();
  await expect(page.getByText(/Send .*390.* IBAN .* with the reference O-\d{4}-\d{6}/)).toBeVisible();

  const list = () => patient.get<{ items: Opinion[] }>(`/cases/${caseId}/opinions`);
  const id = must(await list(), 200).items[0]?.id ?? "";
  const asked = await coordinator.post<{ code: string }>(`/cases/${caseId}/reviews`, { clinics: [CLINIC] });
  expect(asked.body.code).toBe("opinion_unpaid");
  const { url } = must(await patient.post<{ url: string }>(`/opinions/${id}/checkout`), 200);
  await payPage(url);
  const stateIs = (state: string) =>
    until(
      () => patient.get<Opinion>(`/opinions/${id}`),
      (answer) => answer.body.state === state,
    );
  await stateIs("paid");
  await page.reload();
  await expect(page.getByText("Paid, waiting for the answer")).toBeVisible();
  await expect(page.getByRole("button", { name: "Call it off and get the fee back" })).toBeVisible();
  await signOut(page);

  await signIn(page, "coordinator@demo.valvia.test");
  await page.goto(`/en/desk/cases/${caseId}/clinics`);
  await expect(page.getByText("Paid: ask the centre for it now.")).toBeVisible();
  await expectAccessible(page);
  const { items } = must(
    await coordinator.post<{ items: { id: string }[] }>(`/cases/${caseId}/reviews`, { clinics: [CLINIC] }),
    201,
  );
  const reviewId = items[0]?.id ?? "";
  must(await reviewer.post(`/reviews/${reviewId}/open`), 200);
  const no = { verdict: "not_eligible", reason: "Medicines first, then look again." };
  must(await reviewer.post(`/reviews/${reviewId}/decide`, no), 200);
  must(await surgeon.post(`/reviews/${reviewId}/countersign`), 200);
  await stateIs("delivered");
  await signOut(page);

  await signIn(page, "finance@demo.valvia.test");
  await page.goto("/en/desk/money/opinions");
  await expectAccessible(page);
  const { number } = must(await patient.get<{ number: string }>(`/opinions/${id}`), 200);
  const row = page.getByRole("listitem").filter({ hasText: number });
  await row.getByRole("button", { name: "Release to the centre" }).click();
  await expect(row.getByText("You released it: somebody else pays it.")).toBeVisible();
  await signOut(page);

  await signIn(page, "admin@demo.valvia.test");
  await page.goto("/en/desk/settings");
  await expect(page.getByRole("heading", { name: "Second opinions for a fee" })).toBeVisible();
  await expect(page.getByLabel("Fee of Herzzentrum Rheintal")).toHaveValue("390");
  await expectAccessible(page);
});
