import { toVerify } from "./approval";
import type { DeviceFacts } from "./device";

type MitralOrTricuspidSlug = "mitraclip" | "pascal" | "dragonfly" | "triclip" | "evoque";

const FOUR_CLIPS = [
  { label: "NT", fits: "arm 9 mm" },
  { label: "NTW", fits: "arm 9 mm, wider" },
  { label: "XT", fits: "arm 12 mm" },
  { label: "XTW", fits: "arm 12 mm, wider" },
];

export const EDGE_TO_EDGE_DEVICES: Readonly<Record<MitralOrTricuspidSlug, DeviceFacts>> = {
  mitraclip: {
    slug: "mitraclip",
    name: "MitraClip G4",
    maker: "Abbott",
    treatments: ["teer"],
    access: ["femoral-vein"],
    indications: ["MR"],
    design: "clip",
    sizes: FOUR_CLIPS,
    sizeSource: "Published descriptions of the fourth generation",
    regulatory: [
      ...toVerify(["EU"], "2008"),
      ...toVerify(["US"], "2013"),
      ...toVerify(["CN"], "2020"),
      ...toVerify(["TR", "IN", "KR", "IL", "TH", "MY", "AE"]),
    ],
  },
  pascal: {
    slug: "pascal",
    name: "PASCAL / PASCAL Ace",
    maker: "Edwards Lifesciences",
    treatments: ["teer", "tricuspid-teer"],
    access: ["femoral-vein"],
    indications: ["MR", "TR"],
    design: "clip",
    sizes: [
      { label: "PASCAL", fits: "wide paddles with a spacer" },
      { label: "PASCAL Ace", fits: "narrow paddles with a spacer" },
    ],
    sizeSource: "General knowledge; the operator checks it before launch",
    regulatory: [...toVerify(["EU"], "2019"), ...toVerify(["US"], "2022"), ...toVerify(["TR", "IL"])],
  },
  dragonfly: {
    slug: "dragonfly",
    name: "DragonFly",
    maker: "Valgen Medtech (Hangzhou)",
    treatments: ["teer"],
    access: ["femoral-vein"],
    indications: ["MR"],
    design: "clip",
    sizes: [],
    sizeSource: "No published sizes found",
    regulatory: toVerify(["CN"], "2023"),
  },
  triclip: {
    slug: "triclip",
    name: "TriClip G4",
    maker: "Abbott",
    treatments: ["tricuspid-teer"],
    access: ["femoral-vein"],
    indications: ["TR"],
    design: "clip",
    sizes: FOUR_CLIPS,
    sizeSource: "By analogy with MitraClip G4; the operator checks it before launch",
    regulatory: [
      { region: "US", status: "approved", date: "2024-04-01", source: "FDA, P230007", verified: true },
      ...toVerify(["EU"], "2020"),
      ...toVerify(["TR", "IL"]),
    ],
  },
  evoque: {
    slug: "evoque",
    name: "EVOQUE",
    maker: "Edwards Lifesciences",
    // Replacement by catheter is a treatment of its own, which no centre of the catalogue offers yet.
    treatments: [],
    access: ["femoral-vein"],
    indications: ["TR"],
    design: "replacement",
    sizes: [],
    sizeSource: "No published sizes found",
    regulatory: [...toVerify(["EU"], "2023"), ...toVerify(["US"], "2024")],
  },
};
