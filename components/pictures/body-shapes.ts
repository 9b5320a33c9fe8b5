import type { AccessRoute } from "@/lib/guides/treatment";

/** A body from the front, 240 by 270; the half on the left of the sheet, which is the patient's right. */
export const BODY_HALF =
  "M120 6C110 6 104 14 104 26C104 36 110 46 120 47M111 45C111 54 110 58 104 61C88 66 74 69 68 84C61 104 58 134 52 168M76 104C77 126 73 148 68 170M76 104C82 126 87 144 84 162C79 180 74 194 73 216C72 236 74 254 76 270M120 212C118 232 113 252 111 270";
export const COLLARBONE = "M116 70C104 66 92 68 82 75M108 132C100 140 94 146 88 150";
export const BODY_MIRROR = "translate(240 0) scale(-1 1)";

export const HEART =
  "M121 92C110 88 104 99 108 113C112 124 128 136 142 138C149 127 149 109 140 98C134 91 127 90 121 92Z";
export const LARGE_VESSELS =
  "M124 106C118 92 118 72 128 71C138 71 136 86 134 100C131 132 128 156 122 176C114 190 102 200 98 230M122 176C130 190 138 200 142 230M112 112V66M113 116C114 140 114 160 112 178C106 192 96 204 92 230";

interface Way {
  path: string;
  /** Where the skin is passed. */
  at: readonly [x: number, y: number];
  /** A cut along the skin, or a thin tube through it. */
  kind: "tube" | "cut";
  place: "groin" | "ribs" | "breastbone" | "side";
}

/** The ways to a heart valve. */
export const WAYS: Readonly<Record<AccessRoute, Way>> = {
  transfemoral: {
    path: "M98 230C102 200 114 190 122 176C128 156 131 132 134 100C136 86 138 71 128 71C118 72 118 92 124 106",
    at: [98, 230],
    kind: "tube",
    place: "groin",
  },
  transapical: { path: "M156 150L142 136L124 108", at: [156, 150], kind: "tube", place: "ribs" },
  "femoral-vein": {
    path: "M92 230C96 204 106 192 112 178C114 160 114 140 113 118L126 112",
    at: [92, 230],
    kind: "tube",
    place: "groin",
  },
  sternotomy: { path: "M120 72V136", at: [120, 72], kind: "cut", place: "breastbone" },
  minithoracotomy: { path: "M82 112C88 120 96 124 104 122", at: [82, 112], kind: "cut", place: "side" },
};
