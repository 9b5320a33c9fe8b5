"use client";

import { useTranslations } from "next-intl";
import { CT_PRESETS } from "@/lib/records/pixel-window";
import { imageAt } from "@/lib/records/stack";
import { bestLight } from "./frame-canvas";
import type { ChosenLight, RoomAct } from "./room-view";
import { frameStore } from "./use-frames";
import type { Pane } from "./viewer-state";

interface LightChoiceProps {
  pane: Pane;
  act: (one: RoomAct) => void;
}

const PRESETS = Object.entries(CT_PRESETS) as [keyof typeof CT_PRESETS, ChosenLight][];

/** Windows to choose: the file's own, what fits the picture, and for CT those of Hounsfield units. */
export function LightChoice({ pane, act }: LightChoiceProps) {
  const t = useTranslations("viewer");
  const { facts, view } = pane;
  if (!facts?.isGrey) return null;
  const others = facts.windows.slice(1);
  const chosen = view.light === null ? "own" : (view.light.name ?? "hand");
  const choose = (name: string) => {
    const light = name === "auto" ? fitting(pane) : lightCalled(name, others);
    act({ act: "light", light: light && { ...light, name } });
  };
  return (
    <select
      className="room-select"
      aria-label={t("lightChoice")}
      value={chosen}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="own">{t("lights.own")}</option>
      {others.map(({ label }, at) => (
        <option key={at} value={`file${at}`}>
          {label ?? t("lights.other", { number: at + 2 })}
        </option>
      ))}
      <option value="auto">{t("lights.auto")}</option>
      {facts.modality === "CT"
        ? PRESETS.map(([name]) => (
            <option key={name} value={name}>
              {t(`lights.${name}`)}
            </option>
          ))
        : null}
      {chosen === "hand" ? <option value="hand">{t("lights.hand")}</option> : null}
    </select>
  );
}

function lightCalled(name: string, others: readonly ChosenLight[]): ChosenLight | null {
  if (name.startsWith("file")) return others[Number(name.slice(4))] ?? null;
  return PRESETS.find(([preset]) => preset === name)?.[1] ?? null;
}

/** By the values of the image looked at. */
function fitting({ stack, view }: Pane): ChosenLight | null {
  const image = imageAt(stack, view.frame - 1);
  const found = image && frameStore().peek(image.file, image.at);
  return found?.ok ? bestLight(found.shown) : null;
}
