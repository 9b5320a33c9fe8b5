import { redirect } from "next/navigation";
import { currentIdentity } from "@/lib/infra/session";
import { homeOf } from "@/lib/people/person";

interface HomeProps {
  params: Promise<{ locale: string }>;
}

/**
 * Where "Sign in" on a public page leads. Those pages are kept and the same for everybody, so who is there is asked here:
 * each goes to the start of their own role, whoever is nobody yet to the sign-in page.
 */
export async function GET(_request: Request, { params }: HomeProps): Promise<never> {
  const { locale } = await params;
  const identity = await currentIdentity();
  redirect(identity ? homeOf(identity.roles, locale) : `/${locale}/signin`);
}
