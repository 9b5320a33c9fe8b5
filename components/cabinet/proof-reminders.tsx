import { useLocale, useTranslations } from "next-intl";
import { TreatmentWords } from "@/components/desk/step-words";
import { formatDay } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { ExpiringProof } from "@/lib/clinics/proof";
import { deviceFacts, isDevice } from "@/lib/guides/device";

const SHOWN = 6;

interface ProofRemindersProps {
  proofs: readonly ExpiringProof[];
  base: string;
}

/** What the public page shows and soon no longer holds: the licence, certificates and prices, the soonest first. */
export function ProofReminders({ proofs, base }: ProofRemindersProps) {
  const t = useTranslations("cabinet.home.proofs");
  if (proofs.length === 0) return null;
  const over = proofs.filter(({ daysLeft }) => daysLeft < 0).length;
  const soon = proofs.length - over;
  const list = (part: readonly ExpiringProof[]) => (
    <ul>
      {part.map((proof) => (
        <Line key={`${proof.kind} ${proof.name} ${proof.device}`} proof={proof} base={base} />
      ))}
    </ul>
  );
  return (
    <section aria-labelledby="proofs" className="rounded-md border border-attention/40 bg-card p-gap-m">
      <h2 id="proofs" className="text-md">
        {over > 0 ? t("overTitle", { n: over }) : null}
        {over > 0 && soon > 0 ? " · " : null}
        {soon > 0 ? t("title", { n: soon }) : null}
      </h2>
      <p className="mb-2 text-ink-soft">{t("lead")}</p>
      {list(proofs.slice(0, SHOWN))}
      {proofs.length > SHOWN ? (
        <details>
          <summary className="link inline-flex min-h-control items-center">
            {t("more", { n: proofs.length - SHOWN })}
          </summary>
          {list(proofs.slice(SHOWN))}
        </details>
      ) : null}
    </section>
  );
}

function Line({ proof, base }: { proof: ExpiringProof; base: string }) {
  const t = useTranslations("cabinet.home.proofs");
  const locale = useLocale();
  const { kind, name, device, validUntil, daysLeft } = proof;
  const act = { licence: null, certificate: "/listing#proofs", price: "/prices" }[kind];
  return (
    <li className="grid items-baseline gap-x-gap-m border-t border-line py-cell sm:grid-cols-[minmax(0,1fr)_13rem_9rem]">
      <span>
        <span className="text-ink-soft">{t(`kinds.${kind}`)}</span>{" "}
        {kind === "price" ? <TreatmentWords slug={name} /> : <bdi>{name}</bdi>}
        {device !== null && isDevice(device) ? (
          <>
            {" · "}
            <bdi>{deviceFacts(device).name}</bdi>
          </>
        ) : null}
      </span>
      <span className="flex items-center gap-2">
        {daysLeft < 0 ? (
          <StateTag tone="danger">{t("over")}</StateTag>
        ) : (
          <span className={daysLeft <= 30 ? "font-semibold" : ""}>{t("left", { n: daysLeft })}</span>
        )}
        <span className="text-sm whitespace-nowrap text-ink-soft">{formatDay(validUntil, locale)}</span>
      </span>
      {act === null ? (
        <span className="text-sm text-ink-soft">{t("tellOperator")}</span>
      ) : (
        <TextLink href={`${base}${act}`}>{t(`acts.${kind as "price"}`)}</TextLink>
      )}
    </li>
  );
}
