import { expect, type Page } from "@playwright/test";
import { expectAccessible, watchPolicy } from "../support/browser";
import { test } from "../support/elsewhere";
import { acceptedEstimate, freeSlots } from "../support/main-job";

/** A booking without any service: everything that travels is added at the desk. */
async function heldCase(): Promise<string> {
  const { patient, caseId, estimateId } = await acceptedEstimate();
  for (const { slotId } of (await freeSlots()).slice(30)) {
    const held = await patient.post("/bookings", { estimateId, slotId, services: [] });
    if (held.status === 201) return caseId;
  }
  throw new Error("No day could be held.");
}

async function noSidewaysScroll(page: Page): Promise<void> {
  const { wide, seen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    seen: window.innerWidth,
  }));
  expect(wide, page.url()).toBeLessThanOrEqual(seen);
}

test("a coordinator arranges a ride, a talk, medicines and a visa", async ({ elsewhere, signedIn }) => {
  test.setTimeout(180_000);
  const caseId = await heldCase();
  const page = await signedIn("coordinator@demo.valvia.test");
  const refused = watchPolicy(page);
  await page.goto(`/en/desk/cases/${caseId}/journey`);
  await expect(page.getByText("No ride asked for.")).toBeVisible();
  await expectAccessible(page);

  await page.getByText("Ask for another ride").click();
  await page.getByLabel("Which ride").selectOption("arrival");
  const year = new Date().getUTCFullYear() + 1;
  await page.getByLabel("Pick-up").fill(`${year}-03-01T14:30`);
  await page.getByLabel("From", { exact: true }).first().fill("Cologne Bonn airport");
  await page.getByLabel("To", { exact: true }).first().fill("Herzzentrum Rheintal");
  await page.getByLabel("Flight").fill("TK 883");
  await page.getByRole("button", { name: "Ask for this ride" }).click();
  const ride = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: "Ride on arrival" }) });
  await expect(ride.getByText(`1 Mar ${year}, 14:30 CET`)).toBeVisible();
  await expect(ride.getByText("Needs a driver")).toBeVisible();

  await ride.getByText("Change places, flight or needs").click();
  await ride.getByLabel("Flight").fill("");
  await ride.getByLabel("Meeting point").fill("Desk of the airport hotel");
  await ride.getByRole("button", { name: "Save" }).click();
  await expect(ride.getByText("TK 883")).toBeHidden();
  await expect(ride.getByText("Desk of the airport hotel").first()).toBeVisible();

  await ride.getByLabel("Driver").selectOption({ index: 1 });
  await ride.getByRole("button", { name: "Assign the driver" }).dblclick();
  const said = ride.getByText(/shown only now: http.*\/job\//);
  await expect(said).toBeVisible();
  const link = /http\S+/.exec(await said.innerText())?.[0] ?? "";
  await expect(ride.getByText("Driver assigned")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await noSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  // The driver has no account: the page opens in a browser that is signed in nowhere.
  const driver = await elsewhere({ viewport: { width: 360, height: 780 } });
  await driver.goto(new URL(link).pathname);
  await expectAccessible(driver);
  await driver.getByRole("button", { name: "I am waiting at the meeting point" }).click();
  await expect(driver.getByText("Driver waiting")).toBeVisible();
  await page.reload();
  await expect(ride.getByText("Driver waiting")).toBeVisible();

  await page.getByText("Plan another supply").click();
  await page.getByLabel("How they travel").selectOption("post");
  const medicine = page.getByRole("group", { name: "Medicine 1" });
  await medicine.getByLabel("Active substance").fill("apixaban");
  await medicine.getByLabel("Strength").fill("5 mg");
  await medicine.getByLabel("Doses in all").fill("400");
  await medicine.getByLabel("Doses a day").fill("2");
  await page.getByRole("button", { name: "Plan this supply" }).click();
  await expect(page.getByRole("alert").getByText(/more than the country allows/)).toBeVisible();
  await expect(medicine.getByLabel("Active substance")).toHaveValue("apixaban");
  await expectAccessible(page);
  await medicine.getByLabel("Doses in all").fill("60");
  await page.getByRole("button", { name: "Plan this supply" }).click();
  const parcel = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: "Sent by post from a pharmacy" }) });
  await expect(parcel.getByText("Allowed by the rules")).toBeVisible();
  await parcel.getByRole("button", { name: "The pharmacy packed it" }).click();
  await expect(parcel.getByText("Name the pharmacy that dispenses before packing.").first()).toBeVisible();
  await parcel.getByText("Pharmacy, carrier and tracking number").click();
  await parcel.getByLabel("Pharmacy").selectOption({ index: 1 });
  await parcel.getByLabel("Tracking number").fill("RB 123 456");
  await parcel.getByRole("button", { name: "Save" }).first().click();
  await expect(parcel.getByText("RB 123 456")).toBeVisible();
  for (const word of ["The pharmacy packed it", "It is on its way", "It is at customs"])
    await parcel.getByRole("button", { name: word }).click();
  await expect(parcel.getByText("At customs", { exact: true })).toBeVisible();

  await page.getByText("Prepare a visa").click();
  await page.getByRole("button", { name: "Begin the papers" }).click();
  const visa = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: "Visa for Germany" }) });
  await visa.getByRole("button", { name: "The invitation letter is issued" }).click();
  await expect(visa.getByText("Letter issued")).toBeVisible();
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

test("the journey of a case that is not there is not found, also for other staff", async ({ signedIn }) => {
  const page = await signedIn("coordinator@demo.valvia.test");
  const missing = await page.goto("/en/desk/cases/0198c0de-0000-7000-8000-000000000001/journey");
  expect(missing?.status()).toBe(404);
  const manager = await signedIn("manager@demo.valvia.test");
  const foreign = await manager.goto(`/en/desk/cases/${await heldCase()}/journey`);
  expect(foreign?.status()).toBe(404);
});
