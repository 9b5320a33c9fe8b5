import { useTranslations } from "next-intl";
import { Picture } from "./picture";
import { Plate, Plates } from "./plates";
import { MITRAL_BELLY, MITRAL_LINE, MITRAL_RING, MITRAL_SCALLOPS, VALVE_BOX } from "./valve-shapes";
import { MitralWall } from "./valve-wall";

const FIT = "mx-auto max-w-60";
const SHEET = { width: VALVE_BOX, height: VALVE_BOX, className: FIT } as const;

/** Points around a circle in the middle of the sheet. */
function around(count: number, radius: number, from = 0): (readonly [x: number, y: number])[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = from + (index * 2 * Math.PI) / count;
    return [tenth(60 + radius * Math.cos(angle)), tenth(60 + radius * Math.sin(angle))] as const;
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Stitches across a sewn edge: short strokes outwards. */
function stitches(count: number, inner: number, outer: number): string {
  const ends = around(count, outer);
  return around(count, inner)
    .map(([x, y], index) => `M${x} ${y}L${ends[index]?.join(" ")}`)
    .join("");
}

/** Repair keeps the patient's own valve: a ring, a new cord. */
export function SurgicalRepair() {
  const t = useTranslations("pictures.repair");
  return (
    <Plates columns={2}>
      <Plate title={t("ring.title")} caption={t("ring.caption")}>
        <Picture title={t("ring.title")} description={t("ring.caption")} {...SHEET}>
          <RingOnValve />
        </Picture>
      </Plate>
      <Plate title={t("cord.title")} caption={t("cord.caption")}>
        <Picture title={t("cord.title")} description={t("cord.caption")} {...SHEET}>
          <NewCord />
        </Picture>
      </Plate>
    </Plates>
  );
}

/** A mitral valve with a ring sewn around it. */
export function RingOnValve() {
  return (
    <>
      <MitralWall />
      <path className="picture-fine" d={`${MITRAL_BELLY}${MITRAL_SCALLOPS}`} />
      <path d={MITRAL_LINE} />
      <path className="picture-ring" d={MITRAL_RING} transform="translate(3 2.9) scale(.95)" />
      <path className="picture-stitch" d={MITRAL_RING} transform="translate(3 2.9) scale(.95)" />
    </>
  );
}

const CORD_WALL =
  "M16 0C10 14 14 26 24 34C16 54 12 86 18 120H6C0 86 2 56 10 36C2 26 0 12 4 0ZM104 0C110 14 106 26 96 34C104 54 108 86 102 120H114C120 86 118 56 110 36C118 26 120 12 116 0Z";
const CORD_LEAVES =
  "M24 34C34 40 50 44 58 62L61 60C58 40 40 34 27 31ZM96 34C86 40 70 44 62 62L60 58C62 40 80 34 93 31Z";
const CORD_HOLDERS =
  "M22 118C30 112 32 102 36 92C42 96 42 108 38 120M98 118C90 112 88 102 84 92C78 96 78 108 82 120";

function NewCord() {
  return (
    <>
      <path className="picture-flesh" d={CORD_WALL} />
      <path className="picture-flesh" d={CORD_HOLDERS} />
      <path className="picture-fine" d="M56 56L38 94M48 46L35 94M72 46L85 94" />
      <path className="picture-leaf" d={CORD_LEAVES} />
      <path className="picture-strong" d="M64 58L82 95M66 54L85 95" />
      <circle className="picture-open" cx="65" cy="55" r="1.6" />
      <circle className="picture-open" cx="83.5" cy="96" r="2" />
    </>
  );
}

/** A biological valve from above its side: a cuff to sew, three posts, leaflets between them. */
const BIOLOGICAL = {
  cuff: "M12 90C12 74 108 74 108 90V100C108 118 12 118 12 100Z",
  seam: "M12 91C12 109 108 109 108 91M24 104V108M40 107V112M60 108V113M80 107V112M96 104V108",
  leaflets: "M30 36C40 44 49 40 54 24C56 18 64 18 66 24C71 40 80 44 90 36L88 66H32Z",
  edges: "M30 38C40 42 52 46 60 54C68 46 80 42 90 38M60 54C60 42 60 32 60 21",
  frame:
    "M20 92C19 70 20 50 22 36C24 29 30 29 32 36C36 58 48 69 60 69C72 69 84 58 88 36C90 29 96 29 98 36C100 50 101 70 100 92C88 104 32 104 20 92Z",
  belly: "M27 44C32 68 46 80 60 80C74 80 88 68 93 44",
} as const;

/** Two half discs in a sewn ring. */
export function MechanicalValve() {
  return (
    <>
      <circle className="picture-flesh" cx="60" cy="60" r="52" />
      <path className="picture-fine" d={stitches(36, 45, 50)} />
      <circle className="picture-leaf" cx="60" cy="60" r="41" />
      <circle className="picture-leaf" cx="60" cy="60" r="37" />
      <path
        className="picture-subject-leaf"
        d="M56 24V96C44 92 40 78 40 60C40 42 44 28 56 24ZM64 24V96C76 92 80 78 80 60C80 42 76 28 64 24Z"
      />
      <path className="picture-strong" d="M53 23H67M53 97H67" />
    </>
  );
}

/** Replacement: a mechanical valve of two discs, a biological one of three leaflets. */
export function SurgicalReplacement() {
  const t = useTranslations("pictures.replacement");
  return (
    <Plates columns={2}>
      <Plate title={t("mechanical.title")} caption={t("mechanical.caption")}>
        <Picture title={t("mechanical.title")} description={t("mechanical.caption")} {...SHEET}>
          <MechanicalValve />
        </Picture>
      </Plate>
      <Plate title={t("biological.title")} caption={t("biological.caption")}>
        <Picture title={t("biological.title")} description={t("biological.caption")} {...SHEET}>
          <path className="picture-flesh" d={BIOLOGICAL.cuff} />
          <path className="picture-fine" d={BIOLOGICAL.seam} />
          <path className="picture-subject-leaf" d={BIOLOGICAL.leaflets} />
          <path className="picture-subject" d={BIOLOGICAL.edges} />
          <path className="picture-leaf" d={BIOLOGICAL.frame} />
          <path className="picture-fine" d={BIOLOGICAL.belly} />
        </Picture>
      </Plate>
    </Plates>
  );
}
