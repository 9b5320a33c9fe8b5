import { useTranslations } from "next-intl";
import { Picture } from "./picture";
import { Plate, Plates } from "./plates";
import { AorticWall, MitralWall } from "./valve-wall";
import {
  bellies,
  meetingLines,
  MITRAL_BELLY,
  MITRAL_HOLE,
  MITRAL_LINE,
  MITRAL_SCALLOPS,
  onValve,
  THREE_LEAF,
  threeLeafHole,
  VALVE_BOX,
} from "./valve-shapes";

const STATES = ["closed", "open", "leaking", "narrowed"] as const;

export type ValveState = (typeof STATES)[number];

/** Lime on the leaflets of a narrowed aortic valve: angle and distance from the centre. */
const LIME = [
  [-52, 0.62],
  [-20, 0.78],
  [-34, 0.46],
  [72, 0.72],
  [96, 0.52],
  [112, 0.78],
  [196, 0.6],
  [222, 0.76],
  [236, 0.46],
] as const;

interface ValveStatesProps {
  valve: "aortic" | "mitral" | "tricuspid";
  /** The state the page is about; healthy ones stand before it. */
  states?: readonly ValveState[];
}

/** A valve from above: healthy closed, healthy open, leaking, narrowed. */
export function ValveStates({ valve, states = STATES }: ValveStatesProps) {
  const t = useTranslations("pictures.states");
  const name = useTranslations("pictures.valve");
  return (
    <Plates columns={states.length === 3 ? 3 : 4}>
      {states.map((state) => (
        <Plate key={state} title={t(`${state}.title`)} caption={t(`${state}.caption`)}>
          <Picture
            title={`${name(valve)}: ${t(`${state}.title`)}`}
            description={t(`${state}.${valve === "mitral" ? "two" : "three"}`)}
            width={VALVE_BOX}
            height={VALVE_BOX}
            className="mx-auto max-w-56"
          >
            {valve === "mitral" ? <TwoLeaves state={state} /> : <ThreeLeaves state={state} valve={valve} />}
          </Picture>
        </Plate>
      ))}
    </Plates>
  );
}

function ThreeLeaves({ state, valve }: { state: ValveState; valve: "aortic" | "tricuspid" }) {
  const opening = THREE_LEAF[state];
  return (
    <>
      <AorticWall coronaries={valve === "aortic"} />
      {state === "open" ? null : <path className="picture-fine" d={bellies()} />}
      <path className={state === "narrowed" ? "picture-thick" : undefined} d={meetingLines(opening)} />
      {state === "closed" ? null : <path className="picture-open" d={threeLeafHole(opening)} />}
      {state === "narrowed" ? <Lime /> : null}
    </>
  );
}

function Lime() {
  return LIME.map(([degrees, share]) => {
    const [x, y] = onValve(degrees, share).split(" ");
    return <circle key={degrees} className="picture-lime" cx={x} cy={y} r={2.2 + share} />;
  });
}

function TwoLeaves({ state }: { state: ValveState }) {
  return (
    <>
      <MitralWall />
      <path
        className="picture-fine"
        d={state === "open" ? MITRAL_BELLY : `${MITRAL_BELLY}${MITRAL_SCALLOPS}`}
      />
      {state === "open" ? null : <path d={MITRAL_LINE} />}
      {state === "narrowed" ? <path className="picture-thick" d={MITRAL_LINE} /> : null}
      {state === "closed" ? null : <path className="picture-open" d={MITRAL_HOLE[state]} />}
    </>
  );
}
