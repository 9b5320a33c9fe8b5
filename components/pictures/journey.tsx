import { LEAFLETS, leafletPath, RING } from "@/components/ui/valve";

export const JOURNEY = ["question", "records", "answers", "compare", "travel", "home"] as const;

export type JourneyScene = (typeof JOURNEY)[number];

interface SceneShapes {
  /** What stands behind, then what stands before it. */
  back?: string;
  front: string;
  fine: string;
  subject: string;
}

/** Six small scenes of 120 by 84. */
const SCENES: Readonly<Record<JourneyScene, SceneShapes>> = {
  question: {
    back: "M16 76V14C16 10 19 8 22 8H52C56 8 58 10 58 14V76C58 79 56 82 52 82H22C19 82 16 79 16 76Z",
    front:
      "M68 14H104C109 14 112 17 112 22V50C112 55 109 58 104 58H84L72 68V58H68C63 58 60 55 60 50V22C60 17 63 14 68 14Z",
    fine: "M33 14H41M34 26H50M34 42H50M34 58H44",
    subject: "M22 26l3 3l5 -6M23 42a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M23 58a3 3 0 1 0 6 0a3 3 0 1 0 -6 0",
  },
  records: {
    back: "M62 52a24 24 0 1 0 48 0a24 24 0 1 0 -48 0M81 52a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
    front: "M14 6H54L68 20V80H14ZM54 6V20H68",
    fine: "M22 18H44M22 26H56M22 64H60M22 71H48M98 40A16 16 0 0 1 101 58",
    subject: "M20 46H30L34 38L40 56L45 42L48 46H62",
  },
  answers: {
    back: "M8 22L44 12L58 64L22 74ZM76 12L112 22L98 74L62 64Z",
    front: "M39 18H81V78H39Z",
    fine: "M16 30L38 24M18 38L34 34M82 24L104 30M86 34L102 38M47 28H73M47 36H68M47 66H60",
    subject: "M52 52l6 6l11 -13M20 55h.6M26 53.5h.6M32 52h.6M88 50l10 8M98 49l-10 10",
  },
  compare: {
    front: "M12 8H108V78H12Z",
    fine: "M12 30H108M12 54H108M24 19H62M40 42H96M30 66H76",
    subject:
      "M24 15V23M62 15V23M40 38V46M96 38V46M30 62V70M76 62V70M36 19a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M62 42a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M46 66a2 2 0 1 0 4 0a2 2 0 1 0 -4 0",
  },
  travel: {
    back: "M64 80V40H78V28H100V40H112V80ZM84 80V66H94V80",
    front: "M10 46H50V80H10ZM22 46V38H38V46",
    fine: "M18 46V80M42 46V80M71 50H76M71 60H76M102 50H106M102 60H106M82 50H96M82 58H96M4 80H116",
    subject: "M89 31V38M85.5 34.5H92.5M14 26C26 10 44 6 58 12M52 7L58 12L51 17",
  },
  home: {
    back: "M96 80V56M96 60C84 60 80 50 84 42C84 32 92 28 97 30C106 28 112 36 110 44C112 54 106 60 96 60Z",
    front: "M16 42L46 14L76 42M22 37V80H70V37M40 80V58H54V80",
    fine: "M4 80H116M28 46H36V54H28ZM58 46H64V54H58M96 58V44M96 52L90 46M96 50L102 44",
    subject: "M46 50C40 44 34 42 34 36C34 31 42 29 46 35C50 29 58 31 58 36C58 42 52 44 46 50Z",
  },
};

/** A stage of the way; the words stand beside it, so the drawing itself is silent. */
export function JourneyPicture({ scene }: { scene: JourneyScene }) {
  const { back, front, fine, subject } = SCENES[scene];
  // A journey runs in reading direction.
  const mirror = scene === "travel" ? "rtl:-scale-x-100" : "";
  return (
    <svg viewBox="0 0 120 84" aria-hidden className={`picture ${mirror}`}>
      {back === undefined ? null : <path className="picture-flesh" d={back} />}
      <path className="picture-leaf" d={front} />
      <path className="picture-fine" d={fine} />
      {scene === "question" ? <SmallValve /> : null}
      <path className="picture-strong" d={subject} />
    </svg>
  );
}

function SmallValve() {
  return (
    <g className="picture-subject" transform="translate(70 20) scale(1.34)">
      <circle cx={RING.centre} cy={RING.centre} r={RING.radius} />
      {LEAFLETS.map((axis) => (
        <path key={axis} d={leafletPath(axis, 0.12)} />
      ))}
    </g>
  );
}
