import { useTranslations } from "next-intl";
import { AorticRoot } from "./aortic-root";
import { Picture } from "./picture";
import { Plate, Plates } from "./plates";
import type { ComesFrom } from "./stent-valve";
import { mesh, MIRRORED, ROOT_BOX } from "./stent-shapes";
import { ABOVE_BOX, StentFromAbove } from "./stent-from-above";

const FIT = "mx-auto max-w-60";
/** One anchor at the side: a loop of wire that reaches down behind a leaflet, into the pocket of the wall. */
const SIDE_ANCHOR = {
  placed: "M82 82C70 74 56 80 50 100C46 114 46 122 51 124",
  closed: "M62 86C54 82 48 92 47 106C46 118 47 123 51 125",
} as const;
const TUBE = {
  groin: "M84 0V76H96V0",
  ribs: "M84 220V148H96V220",
} as const satisfies Record<ComesFrom, string>;
const FRONT_ANCHOR = "M76 86C72 118 78 132 90 132C102 132 108 118 104 86";
const LEAFLETS = "M60 94C62 118 84 122 90 104C96 122 118 118 120 94";

/** The stent valve with three anchors: anchors first, then the valve opens within them. */
export function AnchoredValve({ from = "ribs" }: { from?: ComesFrom }) {
  const t = useTranslations("pictures.anchored");
  return (
    <Plates columns={3}>
      <Plate title={t("placed.title")} caption={t("placed.caption")}>
        <Picture title={t("placed.title")} description={t("placed.caption")} {...ROOT_BOX} className={FIT}>
          <AorticRoot leaflets="stiff">
            <path className="picture-hollow picture-subject" d={TUBE[from]} />
            <path className="picture-subject-leaf" d="M82 76H98V148H82Z" />
            <path className="picture-subject" d={mesh(8, 78, 146, 6, 4)} />
            <Anchors shape="placed" />
          </AorticRoot>
        </Picture>
      </Plate>
      <Plate title={t("opened.title")} caption={t("opened.caption")}>
        <Picture title={t("opened.title")} description={t("opened.caption")} {...ROOT_BOX} className={FIT}>
          <AorticRoot leaflets="pressed">
            <path className="picture-subject-leaf" d={LEAFLETS} />
            <path className="picture-subject" d={mesh(31, 88, 142, 3)} />
            <Anchors shape="closed" />
          </AorticRoot>
        </Picture>
      </Plate>
      <Plate title={t("above.title")} caption={t("above.caption")}>
        <Picture title={t("above.title")} description={t("above.caption")} {...ABOVE_BOX} className={FIT}>
          <StentFromAbove anchored />
        </Picture>
      </Plate>
    </Plates>
  );
}

function Anchors({ shape }: { shape: keyof typeof SIDE_ANCHOR }) {
  return (
    <>
      <path className="picture-strong" d={SIDE_ANCHOR[shape]} />
      <path className="picture-strong" d={SIDE_ANCHOR[shape]} transform={MIRRORED} />
      <path className="picture-strong" d={FRONT_ANCHOR} />
    </>
  );
}
