import "server-only";
import nodemailer from "nodemailer";
import { newId } from "@/lib/kernel/ids";
import { type Tx, openDb } from "./db";
import { env } from "./env";
import { enqueue } from "./jobs";
import { type MailFacts, type MailTemplate, mailOf } from "./mail-text";

export interface MailRequest extends MailFacts {
  to: string;
  locale: string;
  template: MailTemplate;
  /** The page the mail leads to, a path below APP_URL: "/en/my/cases/…". */
  path: string;
}

/** Puts a mail into the outbox inside the transaction of its cause. It holds a link, at most a name, and no health data. */
export async function queueMail(tx: Tx, request: MailRequest): Promise<void> {
  const { to, locale, template, path, ...facts } = request;
  const known = await tx.person.findUnique({ where: { email: to }, select: { kind: true } });
  const reader = known === null || known.kind === "private" ? "private" : "staff";
  const mail = mailOf(template, locale, new URL(path, env().APP_URL).href, reader, facts);
  const id = newId();
  await tx.outboxMail.createMany({ data: [{ id, to, locale, template, ...mail }] });
  await enqueue(tx, "mail.send", { mailId: id });
}

const ATTEMPTS_MAX = 8;
/** What stays of a mail that left or never will: that it was written, to whom and of which kind; not its link. */
const BLANK = { text: "", html: "" };

/**
 * Sends one waiting mail by SMTP. Without SMTP_URL the outbox itself is the local mailbox and the mail counts as sent.
 * Sending again after a crash between the two steps may deliver a mail twice, never not at all. Links open things by
 * tokens that are kept as hashes elsewhere: the words of a mail do not stay behind once they are not needed.
 */
export async function sendMail(mailId: string): Promise<void> {
  const mail = await openDb().outboxMail.findUnique({ where: { id: mailId } });
  if (!mail || mail.state !== "waiting") return;
  const url = env().SMTP_URL;
  try {
    if (url) await deliver(url, mail);
    await openDb().outboxMail.updateMany({
      where: { id: mailId, state: "waiting" },
      data: { state: "sent", sentAt: new Date(), attempts: { increment: 1 }, ...(url ? BLANK : {}) },
    });
  } catch (error) {
    const attempts = mail.attempts + 1;
    const state = attempts >= ATTEMPTS_MAX ? "failed" : "waiting";
    const reason = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    const left = state === "failed" ? BLANK : {};
    await openDb().outboxMail.updateMany({
      where: { id: mailId },
      data: { attempts, state, error: reason, ...left },
    });
    throw error;
  }
}

/**
 * Empties the mails that left or never will and still have words: those counted as sent before there was a mail server,
 * and those given up before links were taken out. Without a mail server the outbox is the mailbox and what was sent stays.
 * How many; safe to repeat.
 */
export async function emptyMails(): Promise<number> {
  const over = env().SMTP_URL ? (["sent", "failed"] as const) : (["failed"] as const);
  const { count } = await openDb().outboxMail.updateMany({
    where: { state: { in: [...over] }, OR: [{ text: { not: "" } }, { html: { not: "" } }] },
    data: BLANK,
  });
  return count;
}

async function deliver(
  url: string,
  mail: { id: string; to: string; subject: string; text: string; html: string },
) {
  const transport = nodemailer.createTransport(url);
  await transport.sendMail({
    from: env().MAIL_FROM,
    // An address object, so that no parser can read a second address out of the text.
    to: { name: "", address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.id}@valvia>`,
  });
}
