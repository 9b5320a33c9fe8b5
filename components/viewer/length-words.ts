"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Length, RegionUnit } from "@/lib/records/pixel-calibration";

const CM_FROM_MM = 100;

/** A length in words: millimetres, from ten centimetres on centimetres, and what it was measured by. */
export function useLengthWords(): (length: Length) => string {
  const t = useTranslations("viewer");
  const format = useFormatter();
  return useCallback(
    (length) => {
      const number = (value: number, digits: number) =>
        format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      const inUnit = (value: number, unit: RegionUnit) => t(`units.${unit}`, { value: number(value, 2) });
      if (length.kind === "points") return t("units.points", { value: number(length.points, 0) });
      if (length.kind === "parts") {
        const { across, down } = length;
        return t("parts", {
          across: inUnit(across.value, across.unit),
          down: inUnit(down.value, down.unit),
        });
      }
      const isLong = length.mm >= CM_FROM_MM;
      const value = isLong
        ? t("units.cm", { value: number(length.mm / 10, 2) })
        : t("units.mm", { value: number(length.mm, 1) });
      return length.basis === "detector" ? t("atDetector", { value }) : value;
    },
    [t, format],
  );
}
