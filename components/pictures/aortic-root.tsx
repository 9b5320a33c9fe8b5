import type { ReactNode } from "react";
import { CORONARY, LIME_SPOTS, MIRRORED, NATIVE, ROOT_WALL } from "./stent-shapes";

/** The root of the aorta with its stiff leaflets, cut along its length; what is implanted stands between. */
export function AorticRoot({ leaflets, children }: { leaflets: keyof typeof NATIVE; children: ReactNode }) {
  return (
    <>
      <Half leaflets={leaflets} />
      <g transform={MIRRORED}>
        <Half leaflets={leaflets} />
      </g>
      {children}
    </>
  );
}

function Half({ leaflets }: { leaflets: keyof typeof NATIVE }) {
  return (
    <>
      <path d={CORONARY} />
      <path className="picture-flesh" d={ROOT_WALL} />
      <path className="picture-leaf" d={NATIVE[leaflets]} />
      {leaflets === "stiff" ? <path className="picture-spots" d={LIME_SPOTS} /> : null}
    </>
  );
}
