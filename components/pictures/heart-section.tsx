import { useTranslations } from "next-intl";
import { HEART_BOX, heartLayers, isSubject, type ValveName, VALVES } from "./heart-shapes";
import { Label } from "./label";
import { Picture } from "./picture";

/** The heart cut open from the front: four chambers, four valves. `subject` is the valve the page is about. */
export function HeartSection({ subject }: { subject?: ValveName }) {
  const t = useTranslations("pictures");
  return (
    <Picture
      title={t("heart.title")}
      description={t("heart.description")}
      {...HEART_BOX}
      className="picture-large mx-auto max-w-[30rem]"
    >
      {heartLayers(subject).map(({ d, look }) => (
        <path key={d} className={`picture-${look}`} d={d} />
      ))}
      <ChamberNames />
      <ValveNames subject={subject} />
    </Picture>
  );
}

type Side = "start" | "end";

interface Place {
  x: number;
  y: number;
  side: Side;
  /** The point in the drawing the words name. */
  to: readonly [x: number, y: number];
  lettersMax?: number;
}

const CHAMBERS = {
  rightAtrium: { x: 70, y: 192, side: "end", to: [106, 196], lettersMax: 8 },
  leftAtrium: { x: 346, y: 161, side: "start", to: [276, 164], lettersMax: 8 },
  rightVentricle: { x: 92, y: 322, side: "end", to: [172, 286], lettersMax: 9 },
  leftVentricle: { x: 338, y: 304, side: "start", to: [264, 262], lettersMax: 9 },
  aorta: { x: 104, y: 88, side: "end", to: [176, 96] },
} as const satisfies Record<string, Place>;

const VALVE_PLACES = {
  pulmonary: { x: 308, y: 32, side: "start", to: [195, 180], lettersMax: 8 },
  aortic: { x: 340, y: 88, side: "start", to: [228, 200], lettersMax: 8 },
  mitral: { x: 338, y: 226, side: "start", to: [282, 208], lettersMax: 8 },
  tricuspid: { x: 72, y: 250, side: "end", to: [140, 253], lettersMax: 8 },
} as const satisfies Record<ValveName, Place>;

function ChamberNames() {
  const t = useTranslations("pictures.heart");
  const names = Object.keys(CHAMBERS) as (keyof typeof CHAMBERS)[];
  return names.map((name) => <Label key={name} text={t(name)} {...CHAMBERS[name]} />);
}

function ValveNames({ subject }: { subject: ValveName | undefined }) {
  const t = useTranslations("pictures.valve");
  return VALVES.map((valve) => (
    <Label key={valve} text={t(valve)} {...VALVE_PLACES[valve]} strong={isSubject(valve, subject)} />
  ));
}
