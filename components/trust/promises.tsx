import { useTranslations } from "next-intl";
import { PlainLink } from "@/components/ui/plain-link";

const PROMISES = ["fee", "price", "bill", "rank", "records", "owner", "numbers", "refund"] as const;

const PROOFS = { fee: "who-pays-us", rank: "how-we-rank", records: "your-data" } as const;

type Proven = keyof typeof PROOFS;

function isProven(key: string): key is Proven {
  return Object.hasOwn(PROOFS, key);
}

/** What is promised, each with the page that proves it where there is one. */
export function Promises({ locale }: { locale: string }) {
  const t = useTranslations("home.promises");
  return (
    <section aria-labelledby="promises" className="border-t border-line py-gap-xl">
      <h2 id="promises" className="text-xl md:text-2xl">
        {t("title")}
      </h2>
      <p className="mt-2 max-w-prose text-ink-soft">{t("lead")}</p>
      <dl className="mt-gap-l grid gap-x-gap-xl md:grid-cols-2">
        {PROMISES.map((key) => (
          <div key={key} className="border-t border-line py-gap-m">
            <dt className="font-semibold">{t(`${key}.title`)}</dt>
            <dd className="mt-1 text-base text-ink-soft">
              {t(`${key}.body`)}
              {isProven(key) ? (
                <span className="mt-1 block">
                  <PlainLink href={`/${locale}/${PROOFS[key]}`}>{t(`${key}.link`)}</PlainLink>
                </span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
