import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CallPanel } from "@/components/desk/call-panel";
import { CaseFrame } from "@/components/desk/case-frame";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireCoordinator } from "@/lib/infra/session";
import { callsOfCase } from "@/lib/messages/queries";
import { moveCaseAction, takeCaseAction } from "../actions";
import { recordCallAction } from "./actions";

interface CallsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calls.desk");
  return { title: t("title") };
}

export default async function CallsPage({ params }: CallsProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  const calls = facts && (await callsOfCase(coordinator, id));
  if (!facts || !calls) notFound();
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="calls"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="max-w-3xl">
        <CallPanel calls={calls} zone={await readerZone()} record={recordCallAction.bind(null, id)} />
      </div>
    </CaseFrame>
  );
}
