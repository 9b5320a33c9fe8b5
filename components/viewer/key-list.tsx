"use client";

import { useTranslations } from "next-intl";

const KEYS = [
  ["step", "← →"],
  ["stack", "↑ ↓ PgUp PgDn"],
  ["play", "Space"],
  ["ends", "Home End"],
  ["zoom", "+ −"],
  ["move", "Shift ← → ↑ ↓"],
  ["fit", "0"],
  ["turn", "R"],
  ["invert", "I"],
  ["marks", "G"],
  ["tools", "V B M S"],
  ["reset", "Backspace"],
] as const;
const LINE_KEYS = [["line", "Tab ← → ↑ ↓ Delete"]] as const;
const ROOM_KEYS = [
  ["corners", "O"],
  ["full", "F"],
  ["list", "H"],
] as const;

/** Which key does what. */
export function KeyList({ aids }: { aids: boolean }) {
  const t = useTranslations("viewer");
  return (
    <dl className="room-keys">
      {[...KEYS, ...(aids ? LINE_KEYS : []), ...ROOM_KEYS].map(([name, keys]) => (
        <div key={name}>
          <dt dir="ltr">{keys}</dt>
          <dd>{t(`keyWords.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
