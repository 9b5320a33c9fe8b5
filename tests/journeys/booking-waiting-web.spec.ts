import { randomInt } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { ApiClient } from "../support/api";
import { expectAccessible, expectNothingCut, signIn, watchPolicy } from "../support/browser";
import { caseWithCentre, CLINIC, demoStaff, must, sendEstimate } from "../support/main-job";
import ar from "../../locales/ar/waiting.json" with { type: "json" };

const PASSWORD = "a long sentence to remember";
/** Nobody else's journey books this one. */
const TREATMENT = "tricuspid-teer";

interface Items<T> {
  items: T[];
}
interface Day {
  on: string;
  slotId: string;
  free: number;
}
interface Entry {
  id: string;
  state: string;
  offers: { id: string; state: string; on: string }[];
}

const dayAhead = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** A day the centre had none of, with one place; the phone walks beside the wide screen and opens another one. */
async function openADay(): Promise<Day & { freeOn: string }> {
  const { manager } = await demoStaff();
  const path = (from: string, to: string) =>
    `/clinics/${CLINIC}/capacity?treatment=${TREATMENT}&from=${from}&to=${to}`;
  const anybody = new ApiClient(null);
  const listed = must(await anybody.get<Items<Day>>(path(dayAhead(20), dayAhead(120))), 200).items;
  const free = listed.find((day) => day.free > 0);
  const missing = Array.from({ length: 100 }, (_, index) => dayAhead(20 + index)).filter(
    (on) => !listed.some((day) => day.on === on),
  );
  const on = missing[randomInt(missing.length)];
  if (!on || !free) throw new Error("The centre has every day there is.");
  must(await manager.put("/cabinet/capacity", [{ treatment: TREATMENT, on, capacity: 1 }]), 200);
  const [day] = must(await anybody.get<Items<Day>>(path(on, on)), 200).items;
  if (!day) throw new Error("The day is not listed.");
  return { ...day, freeOn: free.on };
}

/** A new patient who has accepted an estimate and has no day yet. */
async function choosing() {
  const { patient, email, caseId, reviewId } = await caseWithCentre(TREATMENT);
  const { id: estimateId, hash } = await sendEstimate(reviewId);
  must(await patient.post(`/estimates/${estimateId}/accept`, { hash }), 200);
  return { patient, email, caseId, estimateId };
}
type Choosing = Awaited<ReturnType<typeof choosing>>;

async function holdIt({ patient, estimateId }: Choosing, slotId: string): Promise<string> {
  return must(await patient.post<{ id: string }>("/bookings", { estimateId, slotId, services: [] }), 201).id;
}

async function giveBack({ patient }: Choosing, bookingId: string): Promise<void> {
  must(await patient.post(`/bookings/${bookingId}/cancel`, { cause: "patient_cancels" }), 200);
}

async function entryOf({ patient, caseId }: Choosing): Promise<Entry> {
  const { items } = must(await patient.get<Items<Entry>>(`/waiting-list?caseId=${caseId}`), 200);
  if (!items[0]) throw new Error("The case is on no list.");
  return items[0];
}

/** The address in the mail about an offered day, as the local mailbox shows it; the minute's job writes it. */
async function mailedDay(page: Page, email: string): Promise<string> {
  await expect(async () => {
    await page.goto(`/en/mailbox?to=${encodeURIComponent(email)}`);
    await expect(page.getByRole("heading", { name: "A day is kept for you" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 120_000, intervals: [3_000] });
  const link = page.getByRole("link", { name: /\/my\/cases\/.*\/booking$/ }).first();
  return new URL((await link.getAttribute("href")) ?? "").pathname;
}

/** Somebody else who is signed in: the page is not there, the entry is not there, and nothing can be said to it. */
async function expectNothingFor(stranger: Choosing, one: Choosing, browser: Browser): Promise<void> {
  const { id, offers } = await entryOf(one);
  expect((await stranger.patient.get(`/waiting-list/${id}`)).status).toBe(404);
  expect((await stranger.patient.post(`/waiting-list/${id}/leave`)).status).toBe(404);
  const offer = `/waiting-offers/${offers[0]?.id}`;
  expect((await stranger.patient.post(`${offer}/accept`, { services: [] })).status).toBe(404);
  expect((await stranger.patient.post(`${offer}/decline`)).status).toBe(404);
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, stranger.email, PASSWORD);
  await page.goto(`/en/my/cases/${one.caseId}/booking`);
  await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
  await expect(page.getByText("is kept for you")).toHaveCount(0);
  await context.close();
}

/** Where their case begins, whoever gave a day back reads that the booking is over and why, not only that they choose again. */
async function expectEnded({ email, caseId }: Choosing, browser: Browser): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, email, PASSWORD);
  await page.goto(`/en/my/cases/${caseId}`);
  const main = page.locator("main");
  await expect(main.getByText(/^Your booking .* has ended$/)).toBeVisible();
  await expect(main.getByText(/ You cancelled it\.$/)).toBeVisible();
  await expectAccessible(page);
  await expectNothingCut(page, "a case whose booking has ended");
  await context.close();
}

test("who waits for a full day is offered it once it is given back, by page and mail, and takes it", async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  const refused = watchPolicy(page);
  const { on, slotId, freeOn } = await openADay();
  const [booked, waits] = await Promise.all([choosing(), choosing()]);
  const bookingId = await holdIt(booked, slotId);

  await signIn(page, waits.email, PASSWORD);
  await page.goto(`/en/my/cases/${waits.caseId}/booking`);
  // The full day is no choice; the way to wait for it stands below the days that are.
  await expect(page.getByLabel("Day of the procedure").locator(`option[value="${slotId}"]`)).toHaveCount(0);
  await page.getByText("None of these days suits: wait for another one").click();
  // Nobody waits for a day that is there.
  await page.getByLabel("First day you could come").fill(freeOn);
  await page.getByLabel("Last day you could come").fill(freeOn);
  await page.getByRole("button", { name: "Join the waiting list" }).click();
  await expect(page.getByText(/ is free: hold it instead of waiting/).first()).toBeVisible();
  await page.getByLabel("First day you could come").fill(on);
  await page.getByLabel("Last day you could come").fill(on);
  await page.getByLabel("Anything that matters about the days").fill("My visa ends in that week.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Join the waiting list" }).click();
  await expect(page.getByRole("heading", { name: "You are waiting for a day" })).toBeVisible();
  // Others may wait for other days of the same list meanwhile.
  await expect(page.getByText(/^You are (first|number \d+) in line/)).toBeVisible();
  await expectAccessible(page);

  await giveBack(booked, bookingId);
  await page.goto(await mailedDay(page, waits.email));
  await expect(page.getByText(/ is kept for you$/)).toBeVisible();
  await expect(page.getByText("It is yours alone until", { exact: false })).toBeVisible();
  // One day is nothing to choose from, and what comes back stands beside it as beside any other.
  await expect(page.locator('select[name="slotId"]')).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Refunds by cause" })).toBeVisible();
  await expectAccessible(page);
  await expectNothingFor(booked, waits, browser);
  await expectEnded(booked, browser);
  // Kept for one means free for nobody else, however fast.
  const { estimateId } = booked;
  expect(await booked.patient.post("/bookings", { estimateId, slotId, services: [] })).toMatchObject({
    ...{ status: 409, body: { code: "slot_taken" } },
  });

  await page.getByRole("button", { name: "Hold this day for me" }).click();
  await expect(page.getByText("Held for you: sign the two contracts")).toBeVisible();
  await expectAccessible(page);
  const { state, offers } = await entryOf(waits);
  expect({ state, offers: offers.map((offer) => [offer.state, offer.on]) }).toEqual({
    state: "booked",
    offers: [["accepted", on]],
  });
  expect(refused).toEqual([]);
});

test("who declines the only day they wait for, in Arabic on a phone, is told that none comes, and the next in line is offered it", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 360, height: 780 });
  const { on, slotId } = await openADay();
  const [booked, first, second] = await Promise.all([choosing(), choosing(), choosing()]);
  const bookingId = await holdIt(booked, slotId);

  await signIn(page, first.email, PASSWORD);
  const address = `/ar/my/cases/${first.caseId}/booking`;
  await page.goto(address);
  await page.getByText(ar.join.title).click();
  await page.getByLabel(ar.join.from).fill(on);
  await page.getByLabel(ar.join.to).fill(on);
  await expectAccessible(page);
  await page.getByRole("button", { name: ar.join.join }).click();
  await expect(page.getByRole("heading", { name: ar.entry.title })).toBeVisible();
  await expectAccessible(page);
  await expectNothingCut(page, "waiting for a day on a phone");
  const wish = { treatment: TREATMENT, fromOn: on, toOn: on };
  must(await second.patient.post("/waiting-list", { ...wish, estimateId: second.estimateId }), 201);

  await giveBack(booked, bookingId);
  await page.goto(address);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByText(ar.offer.title.replace("{day}", "").trim())).toBeVisible();
  // The only day they wait for: what a no means is said before it.
  await expect(page.getByText(ar.offer.howLast)).toBeVisible();
  await expectAccessible(page);
  await expectNothingCut(page, "an offered day on a phone");
  await page.getByRole("button", { name: ar.offer.decline }).click();
  await expect(page.getByRole("heading", { name: ar.entry.noneLeft })).toBeVisible();
  await expect(page.getByText(ar.entry.noneLeftLead)).toBeVisible();
  await expect(page.getByText(ar.entry.how)).toHaveCount(0);
  await expect(page.getByText(ar.offerStates.declined)).toBeVisible();
  await expectNothingCut(page, "no day left on a phone");
  await expectAccessible(page);

  const next = await entryOf(second);
  expect(next.offers).toMatchObject([{ state: "open", on }]);
  expect((await entryOf(first)).state).toBe("waiting");
  // Nobody is left on the list of this day: whoever walks here next finds it as it was.
  await page.getByRole("button", { name: ar.entry.leaveForOthers }).click();
  await expect(page.getByText(ar.over.nothing)).toBeVisible();
  await expect(page.getByText(ar.over.patient_left.replace("{when}", "").trim())).toBeVisible();
  await expect(page.getByRole("heading", { name: ar.entry.noneLeft })).toHaveCount(0);
  await expectAccessible(page);
  // It is no message of a moment: it stands there until they wait again.
  await page.reload();
  await expect(page.getByText(ar.over.nothing)).toBeVisible();
  await expect(page.getByText(ar.join.title)).toBeVisible();
  must(await second.patient.post(`/waiting-list/${next.id}/leave`), 200);
  expect([(await entryOf(first)).state, (await entryOf(second)).state]).toEqual(["left", "left"]);
});
