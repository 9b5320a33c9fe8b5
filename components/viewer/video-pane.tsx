"use client";

import { useTranslations } from "next-intl";
import type { Stack } from "@/lib/records/stack";

/** A film the browser plays itself: nobody knows what it left out, and it says so. */
export function VideoPane({ stack }: { stack: Stack }) {
  const t = useTranslations("viewer");
  const [file] = stack.files;
  return (
    <div className="room-pane">
      <div className="room-stage">
        <video
          controls
          preload="metadata"
          src={`/api/v1/records/${stack.key}/content`}
          aria-label={t("video", { name: file?.name ?? "" })}
        >
          <track kind="captions" />
        </video>
      </div>
      <p className="room-mark">{t("videoNotDiagnostic")}</p>
    </div>
  );
}
