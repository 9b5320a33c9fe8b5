"use client";

import { useTranslations } from "next-intl";
import type { Dispatch } from "react";
import type { StackGroup } from "@/lib/records/stack";
import { RoomButton } from "./room-button";
import { counterpartOf, type ViewerAct, type ViewerState } from "./viewer-state";

interface Switch {
  isOn: boolean;
  toggle: () => void;
}

interface RoomBarProps {
  state: ViewerState;
  dispatch: Dispatch<ViewerAct>;
  groups: readonly StackGroup[];
  corners: Switch;
  keys: Switch;
  fill: () => void;
}

/** What concerns the whole room: a second pane, words in the corners, the list of keys, the full screen. */
export function RoomBar({ state, dispatch, groups, corners, keys, fill }: RoomBarProps) {
  const t = useTranslations("viewer");
  const [first] = state.panes;
  const isCompared = state.panes.length > 1;
  const other = first ? counterpartOf(groups, first.stack) : null;
  return (
    <>
      {other ? (
        <RoomButton
          label={t("compare")}
          isOn={isCompared}
          onPress={() => dispatch({ act: "compare", with: isCompared ? null : other })}
        >
          <path d="M3 4h6v12H3zM11 4h6v12h-6z" />
        </RoomButton>
      ) : null}
      {isCompared ? (
        <RoomButton
          label={t("together")}
          isOn={state.isTogether}
          onPress={() => dispatch({ act: "together" })}
        >
          <path d="M8 12a3 3 0 0 1 0-4l2-2a3 3 0 0 1 4 4l-1 1M12 8a3 3 0 0 1 0 4l-2 2a3 3 0 0 1-4-4l1-1" />
        </RoomButton>
      ) : null}
      {state.panes.some(({ stack }) => stack.kind === "frames") ? (
        <RoomButton label={t("corners")} isOn={corners.isOn} onPress={corners.toggle}>
          <path d="M3 4h4M3 7h3M13 4h4M14 7h3M3 16h4M13 16h4" />
        </RoomButton>
      ) : null}
      <RoomButton label={t("keysTitle")} isOn={keys.isOn} onPress={keys.toggle}>
        <path d="M2.5 6h15v9h-15zM5 9h.5M8 9h.5M11 9h.5M14 9h.5M6 12h8" />
      </RoomButton>
      <RoomButton label={t("full")} onPress={fill}>
        <path d="M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4" />
      </RoomButton>
    </>
  );
}
