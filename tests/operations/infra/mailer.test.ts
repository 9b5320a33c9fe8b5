import { afterAll, beforeAll, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { emptyMails, queueMail, sendMail } from "@/lib/infra/mailer";
import { newId } from "@/lib/kernel/ids";
import { makeCoordinator, makeManager, makePatient, testSystem } from "../../support/people";
import { makeListedClinic } from "../../support/listed-clinics";
import { PostOffice } from "../../support/post-office";

const TOKEN = "a-token-that-opens-the-draft";
const office = new PostOffice();

beforeAll(async () => {
  process.env["SMTP_URL"] = await office.open();
});
afterAll(() => office.close());

async function queued(): Promise<string> {
  const to = `${newId()}@example.test`;
  await asPerson(testSystem, (tx) =>
    queueMail(tx, { to, locale: "en", template: "draft_link", path: `/en/start/resume#token=${TOKEN}` }),
  );
  const mail = await openDb().outboxMail.findFirstOrThrow({ where: { to } });
  expect(mail.text).toContain(TOKEN);
  return mail.id;
}

const mailedTo = async (to: string, locale: string) => {
  await asPerson(testSystem, (tx) =>
    queueMail(tx, { to, locale, template: "message_waiting", path: `/${locale}/my` }),
  );
  const { text, html } = await openDb().outboxMail.findFirstOrThrow({ where: { to, locale } });
  return `${text}${html}`;
};

it("tells a patient to write in their case, and those who work here, who have none, something else", async () => {
  const clinic = await makeListedClinic({ published: false });
  const staff = [await makeCoordinator(), await makeManager(clinic.id)];
  for (const { email } of staff) {
    expect(await mailedTo(email, "en")).not.toContain("your case");
    expect(await mailedTo(email, "ar")).not.toContain("حالتك");
  }
  const { email } = await makePatient();
  expect(await mailedTo(email, "en")).toContain("write to us in your case");
  expect(await mailedTo(email, "ar")).toContain("حالتك");
});

const kept = (id: string) => openDb().outboxMail.findUniqueOrThrow({ where: { id } });

it("keeps nothing of the link of a mail that was sent", async () => {
  const id = await queued();
  await sendMail(id);
  expect(office.taken.join("")).toContain(TOKEN);
  expect(await kept(id)).toMatchObject({ state: "sent", text: "", html: "", template: "draft_link" });
});

it("keeps the words while they may still be sent, and not after the last attempt", async () => {
  office.isOpen = false;
  const id = await queued();
  await expect(sendMail(id)).rejects.toThrow("450");
  expect((await kept(id)).text).toContain(TOKEN);
  for (let attempt = 2; attempt <= 8; attempt += 1) await expect(sendMail(id)).rejects.toThrow("450");
  expect(await kept(id)).toMatchObject({ state: "failed", text: "", html: "" });
});

it("empties what was sent before there was a mail server and what was given up, and nothing that waits", async () => {
  const states = ["sent", "failed", "waiting"] as const;
  const ids = await Promise.all(
    states.map(async (state) => {
      const id = await queued();
      await openDb().outboxMail.update({ where: { id }, data: { state } });
      return id;
    }),
  );
  expect(await emptyMails()).toBeGreaterThanOrEqual(2);
  const [sent, failed, waiting] = await Promise.all(ids.map(kept));
  for (const mail of [sent, failed]) expect(mail).toMatchObject({ text: "", html: "" });
  expect(waiting?.text).toContain(TOKEN);
});
