"use client";

import { useTranslations } from "next-intl";
import type { FrameFault } from "@/lib/records/pixel-samples";

interface FaultWordProps {
  fault: FrameFault;
  recordId: string;
  again: () => void;
}

/** Why a picture cannot be drawn here, and what to do. */
export function FaultWord({ fault, recordId, again }: FaultWordProps) {
  const t = useTranslations("viewer");
  return (
    <p role="alert" className="room-word">
      {t(fault === "not_here" ? "failed" : `faults.${fault}`)}{" "}
      {fault === "not_here" ? (
        <button type="button" className="room-button px-3" onClick={again}>
          {t("again")}
        </button>
      ) : (
        <a className="underline" href={`/api/v1/records/${recordId}/content`} download>
          {t("download")}
        </a>
      )}
    </p>
  );
}
