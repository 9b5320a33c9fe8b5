import { useTranslations } from "next-intl";
import type { ReleaseActions } from "@/components/desk/release-acts";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ReleaseRow } from "@/lib/payments/read-releases";

interface RecallActsProps {
  recall: NonNullable<ReleaseRow["recall"]>;
  meId: string;
  actions: Pick<ReleaseActions, "confirmRecall" | "refuseRecall">;
}

/** What a second person answers to somebody who wants a release back. */
export function RecallActs({ recall, meId, actions }: RecallActsProps) {
  const t = useTranslations("books.releases.recall");
  const isOwn = recall.proposedById === meId;
  const named = <input type="hidden" name="recallId" value={recall.id} />;
  return (
    <div className="w-full max-w-sm space-y-gap">
      {isOwn ? (
        <p className="text-ink-soft">{t("own")}</p>
      ) : (
        <ActionForm action={actions.confirmRecall}>
          {named}
          <SubmitButton>{t(`confirm.${recall.kind}`)}</SubmitButton>
        </ActionForm>
      )}
      <ActionForm action={actions.refuseRecall}>
        {named}
        <SubmitButton look="quiet">{t(isOwn ? "takeBack" : "refuse")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
