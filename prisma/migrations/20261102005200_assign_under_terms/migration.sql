-- Nobody drives or interprets for a patient before their company has signed the confidentiality terms.
CREATE OR REPLACE FUNCTION pick_resource(need jsonb, chosen uuid[], seed text) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT r.id FROM "Resource" r JOIN "Supplier" s ON s.id = r."supplierId" AND s."termsAcceptedOn" IS NOT NULL
   WHERE r.kind = need->>'kind' AND r.country = need->>'country' AND r.active
     AND (r.city = need->>'city' OR (need->>'anywhere')::boolean)
     AND r.languages @> ARRAY(SELECT jsonb_array_elements_text(need->'languages'))
     AND (jsonb_array_length(need->'oneOf') = 0 OR r.languages && ARRAY(SELECT jsonb_array_elements_text(need->'oneOf')))
     AND (need->>'gender' IS NULL OR r.gender = need->>'gender')
     AND COALESCE(r.seats, 3) >= (need->>'seats')::int
     AND (r.wheelchair OR NOT (need->>'wheelchair')::boolean)
     AND NOT EXISTS (SELECT 1 FROM "Claim" c WHERE c."resourceId" = r.id AND c.state IN ('held', 'booked')
       AND tstzrange(c."startsAt", c."endsAt", '[)') && tstzrange((need->>'startsAt')::timestamptz, (need->>'endsAt')::timestamptz, '[)'))
   ORDER BY r.city = need->>'city' DESC, r.id = ANY (chosen) DESC, md5(r.id::text || seed)
   LIMIT 1
$$;
