import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";

interface MailRow {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: Date;
}

/** The mails of the demo, newest first, with their links made clickable. */
export function MailList({ mails, locale }: { mails: MailRow[]; locale: string }) {
  const t = useTranslations("account.mailbox");
  if (mails.length === 0) return <EmptyState title={t("empty")} />;
  return (
    <ul className="space-y-gap-m">
      {mails.map((mail) => (
        <li key={mail.id}>
          <Card heading={mail.subject}>
            <p className="text-sm text-ink-soft">
              {t("to")} <bdi>{mail.to}</bdi> · {formatMoment(mail.createdAt, "UTC", locale)}
            </p>
            <p className="mt-gap whitespace-pre-line wrap-anywhere">{linked(mail.text)}</p>
          </Card>
        </li>
      ))}
    </ul>
  );
}

function linked(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    part.startsWith("http") ? (
      <a key={index} className="link" href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
