-- Who asks is looked up by every request. The application's connections plan each statement for its values, which cost three times
-- the look-up itself; here one row is found by one key, and one plan serves for all. What they answer decides nothing: that a
-- token or a session has ended is told with it, as it stands at this moment.
CREATE FUNCTION token_holder(
  hash text, OUT id uuid, OUT "revokedAt" timestamptz, OUT "expiresAt" timestamptz, OUT scopes text[], OUT "lastUsedAt" timestamptz,
  OUT "mfaAt" timestamptz, OUT person json
) LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT t.id, t."revokedAt", t."expiresAt", t.scopes, t."lastUsedAt", t."mfaAt",
      json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'locale', p.locale, 'roles', p.roles, 'clinicId', p."clinicId",
        'secondFactorAt', p."secondFactorAt", 'erasedAt', p."erasedAt")
    INTO token_holder.id, "revokedAt", "expiresAt", scopes, "lastUsedAt", "mfaAt", person
    FROM "ApiToken" t JOIN "Person" p ON p.id = t."personId" WHERE t."tokenHash" = hash;
END $$;
ALTER FUNCTION token_holder(text) SET enable_seqscan = off;
ALTER FUNCTION token_holder(text) SET plan_cache_mode = force_generic_plan;

CREATE FUNCTION session_holder(
  hash text, OUT id uuid, OUT "endsAt" timestamptz, OUT "endsLatestAt" timestamptz, OUT "lastSeenAt" timestamptz, OUT zone text,
  OUT "mfaAt" timestamptz, OUT person json
) LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT s.id, s."endsAt", s."endsLatestAt", s."lastSeenAt", s.zone, s."mfaAt",
      json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'locale', p.locale, 'roles', p.roles, 'clinicId', p."clinicId",
        'secondFactorAt', p."secondFactorAt", 'erasedAt', p."erasedAt")
    INTO session_holder.id, "endsAt", "endsLatestAt", "lastSeenAt", zone, "mfaAt", person
    FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s."tokenHash" = hash;
END $$;
ALTER FUNCTION session_holder(text) SET enable_seqscan = off;
ALTER FUNCTION session_holder(text) SET plan_cache_mode = force_generic_plan;
