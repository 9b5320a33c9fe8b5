import { useTranslations } from "next-intl";
import { PhoneLine } from "@/components/shell/phone-line";
import { PlainLink } from "@/components/ui/plain-link";

export function PublicFooter({ locale, phone }: { locale: string; phone: string }) {
  const t = useTranslations("common.footer");
  const name = useTranslations("common.phone");
  const find = [
    { href: `/${locale}/clinics`, label: t("clinics") },
    { href: `/${locale}/treatments`, label: t("treatments") },
    { href: `/${locale}/countries`, label: t("countries") },
    { href: `/${locale}/prices`, label: t("prices") },
    { href: `/${locale}/compare`, label: t("compare") },
    { href: `/${locale}/developers`, label: t("developers") },
  ];
  const trust = [
    { href: `/${locale}/how-it-works`, label: t("how") },
    { href: `/${locale}/how-we-rank`, label: t("rank") },
    { href: `/${locale}/who-pays-us`, label: t("pays") },
    { href: `/${locale}/your-data`, label: t("privacy") },
    { href: `/${locale}/emergency`, label: t("emergency") },
  ];
  return (
    <footer className="mt-gap-xl border-t border-line bg-card text-base">
      <nav
        aria-label={t("label")}
        className="mx-auto grid max-w-page gap-gap-l px-4 py-gap-l sm:grid-cols-2 md:grid-cols-3 md:px-8"
      >
        <div className="sells">
          <LinkColumn title={t("find")} links={find} />
        </div>
        <LinkColumn title={t("trust")} links={trust} />
        <div>
          <p className="mb-1 font-semibold">{name("label")}</p>
          <PhoneLine phone={phone} />
        </div>
      </nav>
      <p className="mx-auto max-w-page px-4 pb-gap-l text-sm text-ink-soft md:px-8">
        <span className="block max-w-prose">{t("note")}</span>
      </p>
    </footer>
  );
}

function LinkColumn({ title, links }: { title: string; links: readonly { href: string; label: string }[] }) {
  return (
    <div>
      <p className="mb-1 font-semibold">{title}</p>
      <ul>
        {links.map((link) => (
          <li key={link.href} className="py-1.5">
            <PlainLink href={link.href}>{link.label}</PlainLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
