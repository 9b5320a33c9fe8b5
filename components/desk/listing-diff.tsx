import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { cancellationBandsForm, cancellationSentence } from "@/lib/clinics/cancellation";
import { isCurrency } from "@/lib/kernel/money";
import type { ListingChange } from "@/lib/clinics/listing";

const TONES = { added: "good", removed: "danger", changed: "attention" } as const;

/** What a proposal would change on the public page: now on one side, asked for on the other. */
export function ListingDiff({ changes }: { changes: readonly ListingChange[] }) {
  const t = useTranslations("desk.listings");
  return (
    <Table
      caption={t("title")}
      hideCaption
      stacked
      rows={changes}
      rowKey={(row) => row.path}
      empty={<p className="text-ink-soft">{t("same")}</p>}
      columns={[
        {
          key: "field",
          label: t("field"),
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-2">
              <PathWords path={row.path} name={nameIn(row.after ?? row.before)} />{" "}
              <StateTag tone={TONES[row.kind]}>{t(`kinds.${row.kind}`)}</StateTag>
            </span>
          ),
        },
        { key: "before", label: t("before"), cell: (row) => <Side value={row.before} other={row.after} /> },
        { key: "after", label: t("after"), cell: (row) => <Side value={row.after} other={row.before} /> },
      ]}
    />
  );
}

/** What names a line stands in the first column already. */
const NAMING = new Set(["slug", "treatment", "metric"]);

/** One side of a difference; of an object only the fields that differ from the other side. */
function Side({ value, other }: { value: unknown; other: unknown }) {
  const locale = useLocale();
  if (value === null || value === undefined) return "–";
  if (typeof value !== "object" || Array.isArray(value)) return <Words value={value} />;
  const before = typeof other === "object" && other !== null ? (other as Record<string, unknown>) : {};
  const { currency } = value as { currency?: unknown };
  const differing = Object.entries(value).filter(
    ([key, inner]) =>
      !NAMING.has(key) && !isNothing(inner) && JSON.stringify(inner) !== JSON.stringify(before[key]),
  );
  if (differing.length === 0) return "–";
  const isSum = (key: string, inner: unknown): inner is number =>
    ["low", "expected", "high"].includes(key) && typeof inner === "number";
  return (
    <ul>
      {differing.map(([key, inner]) => (
        <li key={key}>
          <span className="text-sm text-ink-soft">
            <PartWords part={key} />:{" "}
          </span>
          {isSum(key, inner) && typeof currency === "string" && isCurrency(currency) ? (
            <bdi>{formatMoney(BigInt(inner), currency, locale)}</bdi>
          ) : (
            <Words value={inner} />
          )}
        </li>
      ))}
    </ul>
  );
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function Words({ value }: { value: unknown }) {
  const t = useTranslations("desk.listings");
  const treatments = useTranslations("treatments");
  if (isVolumes(value)) {
    return (
      <ul>
        {value.map(({ treatment, volume, year }) => (
          <li key={`${treatment} ${year}`}>
            {t("volumeOf", {
              treatment: treatments.has(treatment as "teer") ? treatments(treatment as "teer") : treatment,
              volume,
              year: String(year),
            })}
          </li>
        ))}
      </ul>
    );
  }
  const bands = cancellationBandsForm.safeParse(value);
  const text = bands.success
    ? cancellationSentence(bands.data)
    : typeof value === "string"
      ? value
      : Array.isArray(value) && value.every((part) => typeof part === "string")
        ? value.join(", ")
        : JSON.stringify(value);
  return (
    <span dir="auto" className="whitespace-pre-line wrap-anywhere">
      {text}
    </span>
  );
}

type Volumes = { treatment: string; volume: number; year: number }[];

/** The yearly numbers of a doctor. */
function isVolumes(value: unknown): value is Volumes {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((line) => typeof line === "object" && line !== null && "volume" in line && "year" in line)
  );
}

/** Of a doctor the name, where the path has only the address. */
function nameIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("name" in value)) return null;
  return typeof value.name === "string" ? value.name : null;
}

/** "procedures: teer, mitraclip" in words: the part, and what names the line. */
function PathWords({ path, name: known }: { path: string; name: string | null }) {
  const treatments = useTranslations("treatments");
  const metrics = useTranslations("clinics.metric");
  const [part = "", name] = path.split(": ");
  const said = name?.split(", ").map((word) => {
    if (isDevice(word)) return deviceFacts(word).name;
    if (metrics.has(word as "other")) return metrics(word as "other");
    return treatments.has(word as "teer") ? treatments(word as "teer") : word;
  });
  return (
    <span>
      <PartWords part={part} />
      {said ? <bdi>{`: ${known ?? said.join(", ")}`}</bdi> : ""}
    </span>
  );
}

function PartWords({ part }: { part: string }) {
  const t = useTranslations("desk.listings.parts");
  return t.has(part as "summary") ? t(part as "summary") : part;
}
