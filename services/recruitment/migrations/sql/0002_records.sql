-- The tables of before become records.
INSERT INTO record (kind, id, state)
SELECT 'participant', ccn, to_jsonb(f) - 'ccn' - 'recorded_at' - 'digest'
       || jsonb_build_object('id', ccn, 'setting', 'NURSING_HOME', 'digest', encode(digest, 'hex'),
           'listed_as', jsonb_build_array('NURSING_HOME:' || ccn),
           'ratings', jsonb_build_object(as_of, concat(
               coalesce(overall_rating::text, '-'), coalesce(health_inspection_rating::text, '-'),
               coalesce(staffing_rating::text, '-'), coalesce(rn_staffing_rating::text, '-'),
               coalesce(quality_rating::text, '-'), CASE WHEN special_focus THEN 'S' ELSE '-' END,
               left(encode(digest, 'hex'), 12))))
FROM facility f;

INSERT INTO record (kind, id, state)
SELECT 'engagement', ccn || '|' || collaborative,
       jsonb_build_object('participant', ccn, 'collaborative', collaborative, 'stage', 'RECRUITED',
           'membership_id', membership_id, 'recruited_on', recruited_on, 'qin_qio', qin_qio,
           'steps', jsonb_build_array(jsonb_build_object('stage', 'RECRUITED', 'since', recruited_on,
               'actor', 'unknown', 'at', recorded_at, 'membership_id', membership_id, 'qin_qio', qin_qio)))
FROM membership;

INSERT INTO record (kind, id, state)
SELECT 'community', c.community,
       jsonb_build_object('id', c.community, 'name', c.name, 'version', c.version,
           'areas', (SELECT coalesce(jsonb_agg(area ORDER BY area COLLATE "C"), '[]')
                     FROM community_area a WHERE a.community = c.community))
FROM community c;

DROP TABLE membership, facility, community_area, community;
