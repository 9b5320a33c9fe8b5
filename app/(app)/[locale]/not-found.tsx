import { connection } from "next/server";
import { NotFoundView } from "@/components/shell/not-found-view";
import { VisitorShell } from "@/components/shell/visitor-shell";
import { currentIdentity } from "@/lib/infra/session";
import AccountLayout from "./account/layout";
import OwnNotFound from "./my/not-found";

export { generateMetadata } from "./my/not-found";

/** Of an area that is not theirs: people who are signed in stay in the frame of their own, everybody else is a visitor. */
export default async function NotFound() {
  // A page written at build time carries no nonce, and its scripts would be refused.
  await connection();
  const identity = await currentIdentity();
  if (identity === null || identity.roles.length === 0)
    return (
      <VisitorShell>
        <NotFoundView />
      </VisitorShell>
    );
  return (
    <AccountLayout>
      <OwnNotFound />
    </AccountLayout>
  );
}
