import { Stop } from "./say.mjs";

const GRANTS = 160_000;

/** Says, before anything is changed, which rights this account of the database lacks and how to give them. */
export async function refuseMissingRights(client, version) {
  const { rows } = await client.query(
    `SELECT current_user AS account, quote_ident(current_user) AS quoted, current_database() AS database,
       quote_ident(current_database()) AS "quotedDatabase", r.rolsuper AS super, r.rolcreaterole AS "createRole",
       has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege('public', 'CREATE') AS "mayCreate",
       app.oid IS NOT NULL AS there,
       coalesce(pg_has_role(current_user, app.oid, 'MEMBER WITH ADMIN OPTION'), false) AS admin
     FROM pg_roles r LEFT JOIN pg_roles app ON app.rolname = 'valvia_app' WHERE r.rolname = current_user`,
  );
  const [rights] = rows;
  const { account, quoted, database, quotedDatabase } = rights;
  if (!rights.mayCreate) {
    throw new Stop(
      `The database account ${account} may not create tables and extensions in ${database}. Make it the owner, as an administrator of that server:\n  ALTER DATABASE ${quotedDatabase} OWNER TO ${quoted};\n  ALTER SCHEMA public OWNER TO ${quoted};`,
    );
  }
  if (mayGrant(rights, version)) return;
  throw new Stop(
    `The database account ${account} may not make or give itself the role valvia_app, as which the product works. Run once, as an administrator of that server:\n${rights.there ? "" : "  CREATE ROLE valvia_app NOLOGIN NOBYPASSRLS;\n"}  GRANT valvia_app TO ${quoted} WITH ADMIN OPTION;`,
  );
}

/** Since PostgreSQL 16 only an administrator of a role gives it to others, and its maker is one. */
function mayGrant(rights, version) {
  return rights.super || rights.admin || (rights.createRole && (!rights.there || version < GRANTS));
}
