import { useTranslations } from "next-intl";
import { Buttons } from "@/components/gallery/buttons";
import { Forms } from "@/components/gallery/forms";
import { Ground } from "@/components/gallery/ground";
import { Letters } from "@/components/gallery/letters";
import { Money } from "@/components/gallery/money";
import { Notices } from "@/components/gallery/notices";
import { Refused } from "@/components/gallery/refused";
import type { SectionName } from "@/components/gallery/section";
import { States } from "@/components/gallery/states";
import { Tables } from "@/components/gallery/tables";
import { Trade } from "@/components/gallery/trade";
import { Ways } from "@/components/gallery/ways";
import { PageHeader } from "@/components/ui/page-header";

const PARTS: Readonly<Record<SectionName, () => React.ReactNode>> = {
  ground: Ground,
  buttons: Buttons,
  forms: Forms,
  refused: Refused,
  notices: Notices,
  money: Money,
  ways: Ways,
  tables: Tables,
  letters: Letters,
  states: States,
  trade: Trade,
};

export function Gallery() {
  const t = useTranslations("gallery");
  const parts = Object.entries(PARTS) as [SectionName, () => React.ReactNode][];
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-page px-4 py-gap-l md:px-8">
      <PageHeader title={t("title")} lead={t("lead")} />
      <nav aria-label={t("sections")}>
        <ul className="mb-gap-l flex flex-wrap gap-x-6">
          {parts.map(([name]) => (
            <li key={name}>
              <a className="link inline-flex min-h-11 items-center" href={`#${name}`}>
                {t(`name.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {parts.map(([name, Part]) => (
        <Part key={name} />
      ))}
    </main>
  );
}
