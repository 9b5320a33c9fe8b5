import { useTranslations } from "next-intl";
import { Label } from "./label";
import { Picture } from "./picture";
import { Plate, Plates } from "./plates";
import {
  meetingLines,
  MITRAL_BELLY,
  MITRAL_LINE,
  MITRAL_SCALLOPS,
  MITRAL_TWO_HOLES,
  THREE_LEAF,
  bellies,
} from "./valve-shapes";
import { AorticWall, MitralWall } from "./valve-wall";

const SIDE = { width: 180, height: 180 } as const;

/** An atrium above, a ventricle below, the ring between them. */
const WALLS =
  "M30 0C20 22 26 44 38 58C28 84 24 120 32 180L14 180C6 120 10 84 20 58C8 44 4 22 14 0ZM150 0C160 22 154 44 142 58C152 84 156 120 148 180L166 180C174 120 170 84 160 58C172 44 176 22 166 0Z";
const HOLDERS =
  "M31 172C40 164 46 150 50 136C58 140 60 156 54 180M149 172C140 164 134 150 130 136C122 140 120 156 126 180";
const LEAFLETS = {
  /** Drooping, with a gap between them. */
  apart: "M38 58C48 72 60 84 74 92C66 80 58 68 42 54ZM142 58C132 70 122 80 108 86C116 76 124 66 138 54Z",
  caught:
    "M38 58C48 76 62 90 72 96L82 108C78 92 62 78 42 54ZM142 58C132 76 118 90 108 96L98 108C102 92 118 78 138 54Z",
  joined:
    "M38 58C50 72 72 76 84 104L88 100C84 72 64 68 42 54ZM142 58C130 72 108 76 96 104L92 100C96 72 116 68 138 54Z",
} as const;
const CORDS = {
  apart: "M74 92L52 138M66 86L49 140M108 86L128 138M116 79L131 140",
  caught: "M74 100L53 138M62 88L49 140M106 100L127 138M118 88L131 140",
  joined: "M80 92L53 138M62 75L49 140M100 92L127 138M118 75L131 140",
} as const;
const BACKFLOW = "M91 96C92 70 84 50 78 28M91 96C92 66 100 46 108 32M91 96V24";
const BACKFLOW_TIPS = "M73 36L78 26L85 34M86 32L91 22L96 32M101 38L109 30L110 41";
/** The tube that brings the clip, from the vein through the wall between the atria. */
const TUBE = "M0 28C40 18 94 22 94 60V114H86V62C84 38 44 32 0 42Z";
const CLIP = {
  open: "M90 128L64 100L70 95L90 116L110 95L116 100Z",
  closed: "M90 126L79 84L86 82L90 100L94 82L101 84Z",
} as const;

interface ClipStepsProps {
  valve: "mitral" | "tricuspid";
}

/** How a clip joins two leaflets: the leak, the catch, the clip from the side, and from above. */
export function ClipSteps({ valve }: ClipStepsProps) {
  const t = useTranslations(`pictures.clip`);
  return (
    <Plates columns={4}>
      <Plate title={t("leak.title")} caption={t("leak.caption")}>
        <Picture title={t("leak.title")} description={t("leak.description")} {...SIDE} className={FIT}>
          <Sides shape="apart" />
          <path className="picture-blood" d={BACKFLOW} />
          <path className="picture-subject" d={BACKFLOW_TIPS} />
          <Chambers valve={valve} />
        </Picture>
      </Plate>
      <Plate title={t("catch.title")} caption={t("catch.caption")}>
        <Picture title={t("catch.title")} description={t("catch.description")} {...SIDE} className={FIT}>
          <Sides shape="caught" />
          <path className="picture-hollow picture-subject" d={TUBE} />
          <path className="picture-open" d={CLIP.open} />
        </Picture>
      </Plate>
      <Plate title={t("side.title")} caption={t("side.caption")}>
        <Picture title={t("side.title")} description={t("side.description")} {...SIDE} className={FIT}>
          <Sides shape="joined" />
          <path className="picture-open" d={CLIP.closed} />
        </Picture>
      </Plate>
      <Plate title={t("above.title")} caption={t(`above.${valve}`)}>
        <Picture
          title={t("above.title")}
          description={t(`above.${valve}`)}
          width={120}
          height={120}
          className={FIT}
        >
          {valve === "mitral" ? <MitralAbove /> : <TricuspidAbove />}
        </Picture>
      </Plate>
    </Plates>
  );
}

const FIT = "picture-large mx-auto max-w-60";

function Sides({ shape }: { shape: keyof typeof LEAFLETS }) {
  return (
    <>
      <path className="picture-flesh" d={WALLS} />
      <path className="picture-flesh" d={HOLDERS} />
      <path className="picture-fine" d={CORDS[shape]} />
      <path className="picture-leaf" d={LEAFLETS[shape]} />
    </>
  );
}

function Chambers({ valve }: ClipStepsProps) {
  const t = useTranslations("pictures.heart");
  return (
    <>
      <Label text={t(valve === "mitral" ? "leftAtrium" : "rightAtrium")} x={90} y={10} lettersMax={30} />
      <Label
        text={t(valve === "mitral" ? "leftVentricle" : "rightVentricle")}
        x={90}
        y={170}
        lettersMax={10}
      />
    </>
  );
}

export function MitralAbove() {
  return (
    <>
      <MitralWall />
      <path className="picture-fine" d={`${MITRAL_BELLY}${MITRAL_SCALLOPS}`} />
      <path d={MITRAL_LINE} />
      <path className="picture-hole" d={MITRAL_TWO_HOLES} />
      <rect className="picture-open" x="55" y="66" width="10" height="28" rx="3" />
    </>
  );
}

export function TricuspidAbove() {
  return (
    <>
      <AorticWall coronaries={false} />
      <path className="picture-fine" d={bellies()} />
      <path d={meetingLines(THREE_LEAF.closed)} />
      <rect className="picture-open" x="55" y="30" width="10" height="26" rx="3" />
    </>
  );
}
