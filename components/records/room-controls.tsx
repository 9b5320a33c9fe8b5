"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RoomAct, RoomView } from "@/components/records/room-view";

interface RoomControlsProps {
  view: RoomView;
  act: (one: RoomAct) => void;
  kind: "frame" | "page";
  all: number;
  /** How many frames are here. */
  ready: number;
  /** Null for what does not play. */
  speed: { factor: number; set: (factor: number) => void } | null;
  fill: () => void;
}

const SPEEDS = [0.25, 0.5, 1, 2];

/** What steers the room, in one line along its lower edge. A film runs from left to right in every language. */
export function RoomControls(props: RoomControlsProps) {
  const { view, act, all, fill } = props;
  const t = useTranslations("viewer");
  return (
    <div className="room-controls" role="group" aria-label={t("controls")}>
      {all > 1 ? <FilmControls {...props} /> : null}
      <span dir="ltr" className="ms-auto flex flex-wrap gap-1">
        <RoomButton label={t("farther")} onPress={() => act({ act: "zoom", by: 1 / 1.25 })}>
          <path d="M5 10h10" />
        </RoomButton>
        <RoomButton label={t("closer")} onPress={() => act({ act: "zoom", by: 1.25 })}>
          <path d="M5 10h10M10 5v10" />
        </RoomButton>
        <RoomButton label={t("fit")} onPress={() => act({ act: "fit" })}>
          <path d="M4 6h12v8H4z" />
        </RoomButton>
        <RoomButton label={t("turn")} onPress={() => act({ act: "turn" })}>
          <path d="M15 10a5 5 0 1 1-2-4M13 3v3h3" />
        </RoomButton>
        <RoomButton label={t("invert")} isOn={view.isInverted} onPress={() => act({ act: "invert" })}>
          <circle cx="10" cy="10" r="6" />
          <path d="M10 4a6 6 0 0 1 0 12z" fill="currentColor" />
        </RoomButton>
        <RoomButton label={t("full")} onPress={fill}>
          <path d="M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4" />
        </RoomButton>
      </span>
    </div>
  );
}

function FilmControls({ view, act, kind, all, ready, speed }: RoomControlsProps) {
  const t = useTranslations("viewer");
  const isFilm = speed !== null;
  return (
    <span dir="ltr" className="flex min-w-0 basis-full flex-wrap items-center gap-1 sm:flex-1">
      <RoomButton
        label={t(kind === "frame" ? "previousFrame" : "previousPage")}
        onPress={() => act({ act: "step", by: -1 })}
      >
        <path d="M12 5l-5 5 5 5" />
      </RoomButton>
      {isFilm ? (
        <RoomButton label={t(view.isPlaying ? "pause" : "play")} onPress={() => act({ act: "play" })}>
          {view.isPlaying ? <path d="M7 5v10M13 5v10" /> : <path d="M7 4.5v11l9-5.5z" fill="currentColor" />}
        </RoomButton>
      ) : null}
      <RoomButton
        label={t(kind === "frame" ? "nextFrame" : "nextPage")}
        onPress={() => act({ act: "step", by: 1 })}
      >
        <path d="M8 5l5 5-5 5" />
      </RoomButton>
      <input
        type="range"
        className="room-slider"
        aria-label={t("position")}
        aria-valuetext={t(kind, { now: view.frame, all })}
        min={1}
        max={all}
        value={view.frame}
        onChange={(event) => act({ act: "go", frame: Number(event.target.value) })}
      />
      <bdi className="px-1 text-sm whitespace-nowrap tabular">{t(kind, { now: view.frame, all })}</bdi>
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
      {isFilm && view.isPlaying && ready < all ? (
        <span className="text-sm" role="status">
          {t("arriving", { ready, all })}
        </span>
      ) : null}
    </span>
  );
}

interface RoomButtonProps {
  label: string;
  onPress: () => void;
  /** Only for what is on or off. */
  isOn?: boolean;
  children: ReactNode;
}

function RoomButton({ label, onPress, isOn, children }: RoomButtonProps) {
  return (
    <button
      type="button"
      className="room-button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onPress}
    >
      <svg
        viewBox="0 0 20 20"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        {children}
      </svg>
    </button>
  );
}
