-- A city that works all day changes a few of very many records: their pages are tidied before lists and counts that read
-- only an index have to look behind it, and words that were added wait in a short queue, since every search goes through it.
alter table record set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table party set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter index search_tokens set (gin_pending_list_limit = 512);
