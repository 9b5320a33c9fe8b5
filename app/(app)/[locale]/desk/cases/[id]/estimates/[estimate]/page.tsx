import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { EstimateBuilder } from "@/components/estimates/estimate-builder";
import { typedLines } from "@/lib/desk/first-lines";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { estimateFor } from "@/lib/estimates/queries";
import { requireCoordinator } from "@/lib/infra/session";
import { addDays, dayOf } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { moveCaseAction, takeCaseAction } from "../../actions";
import { editEstimateAction, readLinesAction } from "../actions";

interface EditEstimateProps {
  params: Promise<{ id: string; estimate: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.estimates");
  return { title: t("edit") };
}

const VALID_DAYS_MAX = 30;

export default async function EditEstimatePage({ params }: EditEstimateProps) {
  const coordinator = await requireCoordinator();
  const { id, estimate } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  const draft = facts && isUuid(estimate) ? await estimateFor(coordinator, estimate) : null;
  if (!facts || draft?.caseId !== id || draft.state !== "draft") notFound();
  const t = await getTranslations("desk.estimates");
  const { currency, exclusions, assumptions } = draft;
  const today = dayOf(now);
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="estimates"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <h2 className="mb-gap text-lg">{t("builder", { clinic: draft.clinic.name })}</h2>
      <EstimateBuilder
        writerId={coordinator.personId}
        terms={{ contractAMode: draft.clinic.contractAMode, prepaymentBp: draft.clinic.prepaymentBp }}
        start={{
          currency,
          exclusions,
          assumptions,
          validUntil: dayOf(draft.validUntil),
          lines: typedLines(draft.lines, currency),
        }}
        country={draft.clinic.country}
        days={{ first: today, last: addDays(today, VALID_DAYS_MAX) }}
        action={editEstimateAction.bind(null, draft.id)}
        read={readLinesAction.bind(null, draft.clinic.country)}
      />
    </CaseFrame>
  );
}
