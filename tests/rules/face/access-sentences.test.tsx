import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { AccessSentences } from "@/components/cases/access-sentences";
import arabicEvents from "@/locales/ar/accessEvents.json";
import arabicMy from "@/locales/ar/my.json";
import accessEvents from "@/locales/en/accessEvents.json";
import my from "@/locales/en/my.json";

const by = {
  actorId: "clara",
  objectId: "echo",
  actorName: "Clara Winter",
  actorRole: "coordinator",
  actorClinic: null,
  isYou: false,
};
const at = (time: string) => new Date(`2026-05-04T${time}Z`);

interface Seen {
  event: string;
  about: string | null;
  at: Date;
  actorId?: string;
  objectId?: string;
  isYou?: boolean;
  actorRole?: string;
}

function read(events: readonly Seen[], locale: "en" | "ar" = "en"): string {
  const messages = locale === "en" ? { accessEvents, my } : { accessEvents: arabicEvents, my: arabicMy };
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
      <AccessSentences
        events={events.map((event, index) => ({ ...by, key: String(index), ...event }))}
        older={null}
        locale={locale}
        zone="UTC"
      />
    </NextIntlClientProvider>,
  );
  return html.replace(/<\/(p|li|h2)>/g, "\n").replace(/<[^>]+>/g, "");
}

describe("who saw my records", () => {
  it("is told in whole sentences in Arabic, too", () => {
    const told = read(
      [
        { event: "record.viewed", about: "echo.dcm", at: at("10:00:40") },
        { event: "message.sent", about: null, at: at("10:00:30"), isYou: true },
        { event: "document.issued", about: null, at: at("10:00:20"), actorRole: "system" },
      ],
      "ar",
    );
    expect(told).toContain("تم فتح سجل «echo.dcm» بواسطة Clara Winter.");
    expect(told).toContain("تمت كتابة رسالة بواسطتك.");
    expect(told).toContain("تم إصدار مستند تلقائيًا من Valvia.");
  });

  it("tells the same act within a minute once, with how often", () => {
    const text = read([
      { event: "record.viewed", about: "echo.dcm", at: at("10:00:40") },
      { event: "record.viewed", about: "echo.dcm", at: at("10:00:10") },
    ]);
    expect(text).toContain("Clara Winter opened a record: echo.dcm (2 times).");
    expect(text.match(/opened a record/g)).toHaveLength(1);
  });

  it("keeps other files and other people apart, also of the same name, and other minutes", () => {
    const text = read([
      { event: "record.viewed", about: "scan.pdf", at: at("10:01:00") },
      { event: "record.viewed", about: "scan.pdf", at: at("10:00:10") },
      { event: "record.viewed", about: "scan.pdf", at: at("10:00:09"), objectId: "another" },
      {
        event: "record.viewed",
        about: "scan.pdf",
        at: at("10:00:08"),
        objectId: "another",
        actorId: "clara-2",
      },
    ]);
    expect(text.match(/opened a record/g)).toHaveLength(4);
    expect(text).not.toContain("times");
  });

  it("counts what it does not name", () => {
    const paper = { event: "document.issued", about: null, at: at("10:00:10") };
    const text = read([
      { ...paper, objectId: "receipt" },
      { ...paper, objectId: "invoice" },
      { ...paper, objectId: "letter" },
    ]);
    expect(text).toMatch(/document \(3 times\)\./);
  });
});
