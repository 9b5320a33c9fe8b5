import { bellies, COMMISSURES, meetingLines, onValve, THREE_LEAF } from "./valve-shapes";
import { AorticWall } from "./valve-wall";

/** As tall beside its neighbours as the root of the aorta is. */
export const ABOVE_BOX = { width: 120, height: 147 } as const;

const FRAME_SHARE = 0.86;
const FRAME_CELLS = 24;

/** The frame of a stent valve from above: a toothed ring. */
function frame(): string {
  const points = Array.from({ length: FRAME_CELLS }, (_, index) =>
    onValve((index * 360) / FRAME_CELLS, index % 2 === 0 ? FRAME_SHARE : FRAME_SHARE + 0.1),
  );
  return `M${points.join("L")}Z`;
}

/** Each anchor reaches around one of the patient's own leaflets. */
function anchors(): string {
  return COMMISSURES.map(
    (from) =>
      `M${onValve(from + 22, 0.98)}C${onValve(from + 34, 1.24)} ${onValve(from + 86, 1.24)} ${onValve(from + 98, 0.98)}`,
  ).join("");
}

export function StentFromAbove({ anchored = false }: { anchored?: boolean }) {
  return (
    <g transform="translate(0 13)">
      <AorticWall />
      {anchored ? <path className="picture-strong" d={anchors()} /> : null}
      <path className="picture-subject-leaf" d={frame()} />
      <g transform="translate(9.6 9.6) scale(.84)">
        <path className="picture-fine" d={bellies()} />
        <path className="picture-subject" d={meetingLines(THREE_LEAF.closed)} />
      </g>
    </g>
  );
}
