import Link from "next/link";
import { useTranslations } from "next-intl";
import { filterQuery } from "@/components/desk/filter-links";
import { Fold } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CaseFilters } from "@/lib/cases/forms";
import type { SavedView } from "@/lib/desk/queries/views";

/** Filters as they stand in an address, in one order, so that the same ones are the same text. */
export function filterWords({ stage, owner, waitingOn, q }: CaseFilters): string {
  return filterQuery({ stage, owner, waitingOn, q });
}

interface ViewLinksProps {
  views: readonly SavedView[];
  /** "/en/desk/cases" */
  base: string;
  /** The filters of the page, where it has some. */
  current?: CaseFilters;
}

/** The coordinator's own views, one click each. */
export function ViewLinks({ views, base, current }: ViewLinksProps) {
  const t = useTranslations("desk.views");
  if (views.length === 0) return null;
  const here = current ? filterWords(current) : null;
  return (
    <nav aria-label={t("title")}>
      <ul className="flex flex-wrap gap-2">
        {views.map((view) => {
          const words = filterWords(view.filters);
          return (
            <li key={view.id}>
              <Link
                href={`${base}?${words}`}
                prefetch={false}
                aria-current={words === here ? "page" : undefined}
                className="inline-flex min-h-control items-center rounded-md border border-edge bg-card px-3 hover:border-primary aria-[current=page]:border-primary aria-[current=page]:bg-primary-tint aria-[current=page]:font-semibold"
              >
                <bdi>{view.name}</bdi>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

interface ViewActsProps {
  views: readonly SavedView[];
  current: CaseFilters;
  save: FormAction;
  remove: FormAction;
}

/** Keeps the filters of the page under a name, and forgets views. */
export function ViewActs({ views, current, save, remove }: ViewActsProps) {
  const t = useTranslations("desk.views");
  const isFiltered = filterWords(current) !== "";
  return (
    <div className="flex flex-wrap gap-x-gap-m">
      {isFiltered ? (
        <Fold title={t("keep")}>
          <ActionForm action={save} className="space-y-gap">
            <Field name="name" label={t("name")} hint={t("nameHint")}>
              <TextInput required maxLength={60} autoComplete="off" />
            </Field>
            <SubmitButton look="quiet">{t("keepDo")}</SubmitButton>
          </ActionForm>
        </Fold>
      ) : null}
      {views.length > 0 ? (
        <Fold title={t("forget")}>
          <ActionForm action={remove}>
            <div className="flex flex-wrap gap-gap">
              {views.map((view) => (
                <SubmitButton key={view.id} look="quiet" name="viewId" value={view.id}>
                  {t("forgetDo", { name: view.name })}
                </SubmitButton>
              ))}
            </div>
          </ActionForm>
        </Fold>
      ) : null}
    </div>
  );
}
