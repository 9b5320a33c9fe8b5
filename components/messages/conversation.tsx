import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { MessageView } from "@/lib/messages/views";

interface ConversationProps {
  /** Newest first, as they are read. */
  messages: readonly MessageView[];
  older: string | null;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** A talk as one reads it: the oldest above, one's own words at the end of the line, each with its time. */
export function Conversation({ messages, older, locale, zone }: ConversationProps) {
  const t = useTranslations("my.messages");
  if (messages.length === 0) return <EmptyState title={t("none")} />;
  return (
    <div role="log" aria-label={t("thread")} className="space-y-gap-m">
      <p className="text-center text-base text-ink-soft">
        {older ? <TextLink href={older}>{t("older")}</TextLink> : t("first")}
      </p>
      <ol className="flex flex-col gap-gap">
        {messages.toReversed().map((message) => (
          <Bubble
            key={message.id}
            message={message}
            when={formatMoment(new Date(message.sentAt), zone, locale)}
          />
        ))}
      </ol>
    </div>
  );
}

function Bubble({ message, when }: { message: MessageView; when: string }) {
  const t = useTranslations("my.messages");
  const { isYou, name } = message.author;
  const look = isYou
    ? "self-end rounded-ee-sm border-primary/30 bg-primary-tint"
    : "self-start rounded-es-sm border-line bg-card";
  return (
    <li className={`max-w-[88%] min-w-0 rounded-2xl border px-4 py-2.5 ${look}`}>
      <p className={isYou ? "sr-only" : "text-sm font-semibold"}>
        <bdi>{isYou ? t("you") : name}</bdi>
      </p>
      <p dir="auto" className="wrap-anywhere whitespace-pre-line [unicode-bidi:plaintext]">
        {message.body}
      </p>
      <p className="mt-0.5 text-end text-sm text-ink-soft">
        {when}
        {isYou && message.readAt ? ` · ${t("read")}` : null}
      </p>
    </li>
  );
}
