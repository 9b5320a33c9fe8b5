import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { AccessSentences } from "@/components/cases/access-sentences";
import accessEvents from "@/locales/en/accessEvents.json";
import my from "@/locales/en/my.json";

const by = { actorName: "Clara Winter", actorRole: "coordinator", actorClinic: null, isYou: false };
const at = (time: string) => new Date(`2026-05-04T${time}Z`);

function read(
  events: readonly { event: string; about: string | null; at: Date; actorName?: string }[],
): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ accessEvents, my }} timeZone="UTC">
      <AccessSentences
        events={events.map((event, index) => ({ ...by, key: String(index), ...event }))}
        older={null}
        locale="en"
        zone="UTC"
      />
    </NextIntlClientProvider>,
  );
  return html.replace(/<\/(p|li|h2)>/g, "\n").replace(/<[^>]+>/g, "");
}

describe("who saw my records", () => {
  it("tells the same act within a minute once, with how often", () => {
    const text = read([
      { event: "record.viewed", about: "echo.dcm", at: at("10:00:40") },
      { event: "record.viewed", about: "echo.dcm", at: at("10:00:10") },
    ]);
    expect(text).toContain("Clara Winter opened a record: echo.dcm (2 times).");
    expect(text.match(/opened a record/g)).toHaveLength(1);
  });

  it("keeps other files, other people and other minutes apart", () => {
    const text = read([
      { event: "record.viewed", about: "echo.dcm", at: at("10:01:00") },
      { event: "record.viewed", about: "echo.dcm", at: at("10:00:10") },
      { event: "record.viewed", about: "ct.dcm", at: at("10:00:09") },
      { event: "record.viewed", about: "ct.dcm", at: at("10:00:08"), actorName: "Samuel Okoye" },
    ]);
    expect(text.match(/opened a record/g)).toHaveLength(4);
    expect(text).not.toContain("times");
  });
});
