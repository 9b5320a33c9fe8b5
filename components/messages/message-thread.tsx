import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { MessageView } from "@/lib/messages/views";

interface MessageThreadProps {
  messages: readonly MessageView[];
  older: string | null;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** A thread, newest first. Notes among colleagues stand apart by word and by line. */
export function MessageThread({ messages, older, locale, zone }: MessageThreadProps) {
  const t = useTranslations("my.messages");
  const audiences = useTranslations("audiences");
  if (messages.length === 0) return <EmptyState title={t("none")} />;
  return (
    <>
      <ol className="space-y-gap-m">
        {messages.map((message) => (
          <li
            key={message.id}
            className={`rounded-md border p-gap-m ${message.audience === "internal" ? "border-dashed border-attention bg-attention-tint" : message.author.isYou ? "border-line bg-primary-tint" : "border-line bg-card"}`}
          >
            <p className="text-sm text-ink-soft">
              <bdi className="font-semibold text-ink">
                {message.author.isYou ? t("you") : message.author.name}
              </bdi>
              {" · "}
              {formatMoment(new Date(message.sentAt), zone, locale)}
              {message.audience === "patient" ? null : ` · ${audiences(message.audience)}`}
              {message.author.isYou && message.readAt ? ` · ${t("read")}` : null}
            </p>
            <p dir="auto" className="mt-1 wrap-anywhere whitespace-pre-line [unicode-bidi:plaintext]">
              {message.body}
            </p>
          </li>
        ))}
      </ol>
      {older ? (
        <p className="mt-gap-m">
          <TextLink href={older}>{t("older")}</TextLink>
        </p>
      ) : null}
    </>
  );
}
