import { useLocale, useTranslations } from "next-intl";
import { RemarkList } from "@/components/cabinet/remarks";
import { formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { OwnListing, Revision } from "@/lib/clinics/queries/listing";

interface ListingStageProps {
  listing: OwnListing;
  zone: string;
}

/** Where the listing stands on its way from a draft to the public page, and what happens next. */
export function ListingStage({ listing, zone }: ListingStageProps) {
  const t = useTranslations("cabinet.listing.stage");
  const draft = listing.revisions.find(({ state }) => state === "draft");
  const last = listing.revisions.find(({ state }) => state !== "draft" && state !== "superseded");
  const shown = listing.revisions.find(({ state }) => state === "published");
  const waits = last?.state === "submitted" ? last : undefined;
  const said = useWho(zone);
  const steps = [
    {
      key: "draft",
      title: t("draft"),
      who: draft ? said("savedBy", draft.author, draft.savedAt) : t("noDraft"),
    },
    {
      key: "desk",
      title: t("desk"),
      who: waits ? said("sentBy", waits.author, waits.submittedAt) : t("noneSent"),
    },
    {
      key: "public",
      title: t("public"),
      who: shown ? said("since", shown.decider, shown.decidedAt) : t("asBegun"),
    },
  ];
  const now = draft ? 0 : waits ? 1 : last && last.state !== "published" ? 0 : 2;
  return (
    <section aria-label={t("label")} className="space-y-gap">
      <ol className="grid gap-gap sm:grid-cols-3">
        {steps.map(({ key, title, who }, index) => (
          <li
            key={key}
            aria-current={index === now ? "step" : undefined}
            className="border-t-2 border-line pt-2 aria-[current=step]:border-primary"
          >
            <p className={index === now ? "font-semibold" : "text-ink-soft"}>{title}</p>
            <p className="text-sm text-ink-soft">{who}</p>
          </li>
        ))}
      </ol>
      <Next listing={listing} draft={draft} last={last} />
    </section>
  );
}

function useWho(zone: string) {
  const t = useTranslations("cabinet.listing.stage");
  const locale = useLocale();
  return (word: "savedBy" | "sentBy" | "since", name: string | null, at: Date | null) =>
    t(word, { name: name ?? t("somebody"), when: at ? formatMoment(at, zone, locale) : "–" });
}

interface NextProps {
  listing: OwnListing;
  draft: Revision | undefined;
  last: Revision | undefined;
}

/** What the operator said last, and what the reader may do now. */
function Next({ listing, draft, last }: NextProps) {
  const t = useTranslations("cabinet.listing");
  if (last?.state === "changes_asked") {
    return (
      <Notice tone="attention" title={t("changesAsked")}>
        {last.reason ? <p dir="auto">{last.reason}</p> : null}
        <RemarkList remarks={last.remarks} />
        <p className="text-ink-soft">{draft ? t("next.afterAsked") : t("next.changes_asked")}</p>
      </Notice>
    );
  }
  if (last?.state === "rejected" && !draft) {
    return (
      <Notice tone="attention" title={t("rejected")}>
        {last.reason ? <p dir="auto">{last.reason}</p> : null}
        <p className="text-ink-soft">{t("next.rejected")}</p>
      </Notice>
    );
  }
  if (last?.state === "submitted") return <Notice>{t(draft ? "next.draftBeside" : "waiting")}</Notice>;
  if (draft === undefined) return <p className="text-ink-soft">{t("next.published")}</p>;
  const changes = listing.draft?.changes.length ?? 0;
  return <p className="text-ink-soft">{changes === 0 ? t("next.same") : t("next.draft", { n: changes })}</p>;
}
