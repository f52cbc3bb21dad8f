-- Which shapes the events of each kind had when its records were last folded.
alter table city add column shapes jsonb not null default '{}';
