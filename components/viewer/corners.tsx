"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";
import type { Stack } from "@/lib/records/stack";
import type { Light } from "@/lib/records/pixel-window";
import type { FileFacts } from "./messages";

interface CornersProps {
  stack: Stack;
  facts: FileFacts | null;
  /** "Frame 3 of 40". */
  place: string;
  /** Null for colour. */
  light: Light | null;
  zoom: number;
  /** Frames a second that were reached, when a film fell behind. */
  rate: number | null;
}

/** What one must know of a picture while one looks at it, in its corners. */
export function Corners({ stack, facts, place, light, zoom, rate }: CornersProps) {
  const t = useTranslations("viewer");
  const locale = useLocale();
  const day = facts?.examOn ?? null;
  return (
    <div className="room-corners" aria-hidden={facts === null}>
      <p>
        {facts?.patientName ? (
          <span className="block">
            <bdi>{facts.patientName}</bdi>
          </span>
        ) : null}
        {day ? <span className="block">{dayIn(locale, day)}</span> : null}
      </p>
      <p>
        <span className="block">
          <bdi>{facts?.modality ?? stack.modality}</bdi>
        </span>
        <span className="block">
          <bdi>{facts?.description ?? stack.title}</bdi>
        </span>
      </p>
      <p>
        <span className="block tabular">{place}</span>
        {rate === null ? null : <span className="block">{t("behind", { rate: Math.round(rate) })}</span>}
      </p>
      <p className="tabular">
        {light ? (
          <span className="block">
            {t("light", { center: Math.round(light.center), width: Math.round(light.width) })}
          </span>
        ) : null}
        <span className="block">{t("zoom", { percent: Math.round(zoom * 100) })}</span>
      </p>
    </div>
  );
}

function dayIn(locale: string, day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : formatDay(day, locale);
}
