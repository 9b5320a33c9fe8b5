import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { EmergencyStep } from "@/components/cases/emergency-step";
import { messagesOf } from "@/i18n/messages";

it("tells an Arabic reader in Arabic what to do first, word for word as it was written for them", () => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="ar" messages={messagesOf("ar")} timeZone="UTC">
      <EmergencyStep emergency={{ number: "112" }} locale="ar" action={null} />
    </NextIntlClientProvider>,
  );
  expect(html).toContain(messagesOf("ar").cases.emergency);
  const said = html.replace(/<[^>]+>/g, " ").replace("112", "");
  expect(said).not.toMatch(/[A-Za-z]/);
});
