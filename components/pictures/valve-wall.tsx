import { CORONARIES, MITRAL_RING, sinusWall } from "./valve-shapes";

/** The wall around three leaflets; around the aortic valve two coronary arteries leave it. */
export function AorticWall({ coronaries = true }: { coronaries?: boolean }) {
  return (
    <>
      {coronaries
        ? CORONARIES.map((at) => (
            <path key={at} className="picture-flesh" d={`M${at}m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0`} />
          ))
        : null}
      <path className="picture-flesh" d={sinusWall(1.1)} />
      <path className="picture-leaf" d={sinusWall()} />
    </>
  );
}

export function MitralWall() {
  return (
    <>
      <path className="picture-flesh" d={MITRAL_RING} transform="translate(-4.8 -4.6) scale(1.08)" />
      <path className="picture-leaf" d={MITRAL_RING} />
    </>
  );
}
