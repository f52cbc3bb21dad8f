-- The law up to which every open clock has been worked out again.
alter table city add column recomputed bigint not null default 0;
