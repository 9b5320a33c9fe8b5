import { useTranslations } from "next-intl";
import { AorticRoot } from "./aortic-root";
import { Label } from "./label";
import { Picture } from "./picture";
import { Plate, Plates } from "./plates";
import { mesh, ROOT_BOX } from "./stent-shapes";
import { ABOVE_BOX, StentFromAbove } from "./stent-from-above";

/** Where the thin tube comes from: down the aorta, or up through the tip of the heart. */
export type ComesFrom = "groin" | "ribs";

const FOLDED = { radius: 9, top: 88, bottom: 150 } as const;
const OPENED = { radius: 32, top: 84, bottom: 146 } as const;

const TUBE = {
  groin: "M84 0V82H96V0",
  ribs: "M84 220V156H96V220",
} as const satisfies Record<ComesFrom, string>;
const WIRE = {
  groin: "M90 156V196C90 208 104 208 104 198C104 192 98 192 98 197",
  ribs: "M90 82V0",
} as const satisfies Record<ComesFrom, string>;
/** The new leaflets, closed: three bowls in the upper half of the frame. */
const NEW_LEAFLETS = "M60 92C62 118 84 124 90 104C96 124 118 118 120 92M74 116C78 128 102 128 106 116";

/** A stent valve folded on its tube, opened in the aortic valve, and from above. */
export function StentValve({ from = "groin" }: { from?: ComesFrom }) {
  const t = useTranslations("pictures.stent");
  return (
    <Plates columns={3}>
      <Plate title={t("folded.title")} caption={t(`folded.${from}`)}>
        <Picture title={t("folded.title")} description={t(`folded.${from}`)} {...ROOT_BOX} className={FIT}>
          <AorticRoot leaflets="stiff">
            <Folded from={from} />
          </AorticRoot>
          <Places />
        </Picture>
      </Plate>
      <Plate title={t("opened.title")} caption={t("opened.caption")}>
        <Picture title={t("opened.title")} description={t("opened.caption")} {...ROOT_BOX} className={FIT}>
          <AorticRoot leaflets="pressed">
            <path className="picture-subject-leaf" d={NEW_LEAFLETS} />
            <path className="picture-subject" d={mesh(OPENED.radius, OPENED.top, OPENED.bottom, 3)} />
          </AorticRoot>
        </Picture>
      </Plate>
      <Plate title={t("above.title")} caption={t("above.caption")}>
        <Picture title={t("above.title")} description={t("above.caption")} {...ABOVE_BOX} className={FIT}>
          <StentFromAbove />
        </Picture>
      </Plate>
    </Plates>
  );
}

const FIT = "picture-large mx-auto max-w-60";

function Folded({ from }: { from: ComesFrom }) {
  return (
    <>
      <path className="picture-subject" d={WIRE[from]} />
      <path className="picture-hollow picture-subject" d={TUBE[from]} />
      <path className="picture-subject-leaf" d="M82 84H98L99 88V150L98 154H82L81 150V88Z" />
      <path className="picture-subject" d={mesh(FOLDED.radius, FOLDED.top, FOLDED.bottom, 6, 4)} />
    </>
  );
}

function Places() {
  const t = useTranslations("pictures.heart");
  return (
    <>
      <Label text={t("aorta")} x={142} y={14} side="start" />
      <Label text={t("leftVentricle")} x={142} y={172} side="start" lettersMax={9} />
    </>
  );
}
