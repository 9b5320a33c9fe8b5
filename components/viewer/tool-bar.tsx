"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { imagesIn } from "@/lib/records/stack";
import { LightChoice } from "./light-choice";
import { RoomButton } from "./room-button";
import { type RoomAct, type Tool, TOOLS } from "./room-view";
import type { Pane } from "./viewer-state";

interface ToolBarProps {
  pane: Pane;
  act: (one: RoomAct) => void;
  aids: boolean;
  /** Takes the lines of this pane away; null when there are none. */
  eraseAll: (() => void) | null;
  /** A line in the middle, for whoever has no mouse. */
  addLine: () => void;
  /** What belongs to the whole room. */
  children: ReactNode;
}

const SIGNS: Readonly<Record<Tool, string>> = {
  move: "M10 3v14M3 10h14M8 5l2-2 2 2M8 15l2 2 2-2M5 8l-2 2 2 2M15 8l2 2-2 2",
  light: "M10 5.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10 1v2M10 17v2M1 10h2M17 10h2",
  measure: "M3 13l10-10 4 4-10 10zM6 10l2 2M9 7l2 2",
  scroll: "M4 6l6-3 6 3-6 3zM4 10l6 3 6-3M4 14l6 3 6-3",
};

/** What steers the picture that hears the keys. */
export function ToolBar({ pane, act, aids, eraseAll, addLine, children }: ToolBarProps) {
  const t = useTranslations("viewer");
  const { view, stack } = pane;
  const isFrames = stack.kind === "frames";
  const isPicture = isFrames || stack.kind === "pages";
  const tools = isFrames ? TOOLS.filter((tool) => isOffered(tool, pane, aids)) : [];
  return (
    <div dir="ltr" className="room-tools">
      {tools.map((tool) => (
        <RoomButton
          key={tool}
          label={t(`tools.${tool}`)}
          isOn={view.tool === tool}
          onPress={() => act({ act: "tool", tool })}
        >
          <path d={SIGNS[tool]} />
        </RoomButton>
      ))}
      {isFrames ? <LightChoice pane={pane} act={act} /> : null}
      {isFrames && aids && view.tool === "measure" ? (
        <RoomButton label={t("addLine")} onPress={addLine}>
          <path d="M4 14L12 6M14 13v6M11 16h6" />
        </RoomButton>
      ) : null}
      {eraseAll ? (
        <RoomButton label={t("eraseAll")} onPress={eraseAll}>
          <path d="M5 6h10M8 6V4h4v2M6 6l1 11h6l1-11" />
        </RoomButton>
      ) : null}
      {isPicture ? <ViewButtons pane={pane} act={act} /> : null}
      {children}
    </div>
  );
}

/** Brightness is for grey pictures, going through by dragging for stacks, and measuring is a clinical aid. */
function isOffered(tool: Tool, { facts, stack }: Pane, aids: boolean): boolean {
  if (tool === "measure") return aids;
  if (tool === "light") return facts?.isGrey ?? false;
  return tool === "move" || imagesIn(stack) > 1;
}

function ViewButtons({ pane, act }: Pick<ToolBarProps, "pane" | "act">) {
  const t = useTranslations("viewer");
  return (
    <>
      <RoomButton label={t("farther")} onPress={() => act({ act: "zoom", by: 1 / 1.25 })}>
        <path d="M5 10h10" />
      </RoomButton>
      <RoomButton label={t("closer")} onPress={() => act({ act: "zoom", by: 1.25 })}>
        <path d="M5 10h10M10 5v10" />
      </RoomButton>
      <RoomButton label={t("turn")} onPress={() => act({ act: "turn" })}>
        <path d="M15 10a5 5 0 1 1-2-4M13 3v3h3" />
      </RoomButton>
      <RoomButton label={t("invert")} isOn={pane.view.isInverted} onPress={() => act({ act: "invert" })}>
        <circle cx="10" cy="10" r="6" />
        <path d="M10 4a6 6 0 0 1 0 12z" fill="currentColor" />
      </RoomButton>
      {pane.facts?.hasMarks ? (
        <RoomButton label={t("marks")} isOn={pane.view.hasMarks} onPress={() => act({ act: "marks" })}>
          <path d="M4 16l4-1 8-8-3-3-8 8zM11 6l3 3" />
        </RoomButton>
      ) : null}
      <RoomButton label={t("reset")} onPress={() => act({ act: "reset" })}>
        <path d="M4 6h12v8H4z" />
      </RoomButton>
    </>
  );
}
