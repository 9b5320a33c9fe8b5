import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BookingBar } from "@/components/bookings/booking-bar";
import { AnnouncedTransfer } from "@/components/bookings/announced-transfer";
import { PlaceTime } from "@/components/bookings/place-time";
import type { BookingView } from "@/lib/bookings/views/booking";
import my from "@/locales/en/my.json";

function read(node: ReactNode): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ my }} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  );
  return html;
}
const words = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

const at = "2026-12-08T09:00:00.000Z";
const time = (readerZone: string | null, place: string | null = "Cologne") =>
  words(read(<PlaceTime at={at} zone="Europe/Berlin" place={place} readerZone={readerZone} />));

describe("the time of an appointment", () => {
  it("is told by the clock of its place, and by the reader's where that differs", () => {
    expect(time("Asia/Dubai")).toBe("8 Dec 2026, 10:00 in Cologne (13:00 for you)");
    expect(time("Europe/Paris")).toBe("8 Dec 2026, 10:00 in Cologne");
    expect(time("Pacific/Auckland")).toBe("8 Dec 2026, 10:00 in Cologne (22:00 for you)");
    expect(time("Pacific/Kiritimati")).toBe("8 Dec 2026, 10:00 in Cologne (23:00 for you)");
    expect(time(null)).toBe("8 Dec 2026, 10:00 in Cologne");
  });

  it("names the reader's day where it is another one", () => {
    const late = read(
      <PlaceTime
        at="2026-12-08T15:00:00.000Z"
        zone="Europe/Berlin"
        place="Cologne"
        readerZone="Asia/Tokyo"
      />,
    );
    expect(words(late)).toBe("8 Dec 2026, 16:00 in Cologne (9 Dec 2026, 00:00 for you)");
  });

  it("names the zone where the place is not known", () => {
    expect(time(null, null)).toBe("8 Dec 2026, 10:00 CET");
  });
});

type Item = BookingView["plan"][number];
const item = (id: string, state: string, amount: number, paid: number) => ({
  ...{ id, position: 1, kind: id, contract: "B", state, covers: [], dueOn: "2026-11-26", paidAt: null },
  amount: { amount, currency: "EUR" },
  paid: { amount: paid, currency: "EUR" },
  open: { amount: amount - paid, currency: "EUR" },
});
const account = { holder: "Valvia GmbH", iban: "DE89 3704 0044", bic: "TESTDEFF", bank: "Test Bank" };
const announced = (announcedAt: string | null) =>
  words(
    read(
      <AnnouncedTransfer
        item={{ ...item("deposit", "partially_paid", 1_070_600, 70_600), announcedAt } as unknown as Item}
        reference="B-2026-000007"
        account={account}
        zone="Asia/Dubai"
      />,
    ),
  );

describe("an announced bank transfer", () => {
  it("stays on the page with its day, its sum and all that is needed to send it", () => {
    const said = announced("2026-11-22T22:30:00.000Z");
    for (const part of ["23 Nov 2026, 02:30", "€10,000.00", "B-2026-000007", ...Object.values(account)])
      expect(said).toContain(part);
  });

  it("is not spoken of where nobody announced one", () => {
    expect(announced(null)).toBe("");
  });
});

const bar = (state: string) => {
  const plan = [
    item("deposit", "paid", 1_070_600, 1_070_600),
    item("balance", "due", 238_400, 0),
    item("balance", "due", 2_359_000, 0),
  ];
  const booking = { state, currency: "EUR", plan } as unknown as BookingView;
  return read(<BookingBar booking={booking} locale="en" />);
};

describe("the price and next step of a booking", () => {
  it("says what is paid, what is open and what the next payment is", () => {
    expect(words(bar("confirmed"))).toBe(
      "Paid €10,706.00, open €25,974.00 This payment: €2,384.00, due by 26 Nov 2026 Pay €2,384.00",
    );
  });

  it("offers nothing to press while the clinic is to act", () => {
    expect(words(bar("awaiting_centre"))).toContain("Next, the clinic confirms the day");
    expect(bar("awaiting_centre")).not.toContain("<a");
  });
});
