import { notFound } from "next/navigation";
import { connection } from "next/server";

/** Unknown addresses get our own page in their language, made each time: nobody can fill the disk with them. */
export default async function Unknown() {
  await connection();
  notFound();
}
