import { useTranslations } from "next-intl";
import { Loading } from "@/components/ui/loading";

export default function LoadingPage() {
  const t = useTranslations("common");
  return <Loading label={t("loading")} />;
}
