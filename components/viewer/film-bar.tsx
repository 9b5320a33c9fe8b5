"use client";

import { useTranslations } from "next-intl";
import { imagesIn } from "@/lib/records/stack";
import { RoomButton } from "./room-button";
import type { RoomAct } from "./room-view";
import type { Pane } from "./viewer-state";

interface FilmBarProps {
  pane: Pane;
  act: (one: RoomAct) => void;
  /** Null for what does not play. */
  speed: { factor: number; set: (factor: number) => void } | null;
}

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2];

/** Goes through a stack: step, play, scrub. A film runs from left to right in every language. */
export function FilmBar({ pane, act, speed }: FilmBarProps) {
  const t = useTranslations("viewer");
  const { stack, view } = pane;
  const all = imagesIn(stack);
  const isFrames = stack.kind === "frames";
  const unit = stack.frameMs === null ? "image" : "frame";
  const place = t(isFrames ? unit : "page", { now: view.frame, all });
  return (
    <div dir="ltr" className="room-film">
      <RoomButton
        label={t(isFrames ? "previousFrame" : "previousPage")}
        onPress={() => act({ act: "step", by: -1 })}
      >
        <path d="M12 5l-5 5 5 5" />
      </RoomButton>
      {speed === null ? null : (
        <RoomButton label={t(view.isPlaying ? "pause" : "play")} onPress={() => act({ act: "play" })}>
          {view.isPlaying ? <path d="M7 5v10M13 5v10" /> : <path d="M7 4.5v11l9-5.5z" fill="currentColor" />}
        </RoomButton>
      )}
      <RoomButton label={t(isFrames ? "nextFrame" : "nextPage")} onPress={() => act({ act: "step", by: 1 })}>
        <path d="M8 5l5 5-5 5" />
      </RoomButton>
      <input
        type="range"
        className="room-slider"
        aria-label={t("position")}
        aria-valuetext={place}
        min={1}
        max={all}
        value={view.frame}
        onChange={(event) => act({ act: "go", frame: Number(event.target.value) })}
      />
      <bdi className="room-place tabular">{place}</bdi>
      {speed === null ? null : (
        <select
          aria-label={t("speed")}
          className="room-select"
          value={speed.factor}
          onChange={(event) => speed.set(Number(event.target.value))}
        >
          {SPEEDS.map((factor) => (
            <option key={factor} value={factor}>
              {t("times", { factor })}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
