-- Figures are read from what each of their measures adds up to by day: narrowed and begun as the figure says, with the
-- subjects and records that began to count on that day less those that ceased to. It is all made anew from the entries.
drop table rollup;
create table rollup (
  city     text not null,
  -- The measure, what narrows it, and its first day, as text.
  leaf     text not null,
  on_day   date not null,
  n        bigint not null,
  quantity bigint not null,
  subjects bigint not null,
  records  bigint not null,
  primary key (city, leaf, on_day)
);
-- The leaves that are folded up to the watermark; any other is counted from the entries.
create table leaf (
  city text not null,
  leaf text not null,
  primary key (city, leaf)
);
update watermark set position = 0;

-- What came after the watermark; and all entries of one subject, of one record.
drop index entry_measure;
create index entry_measure on entry (city, measure, position);
create index entry_subject on entry (city, measure, coalesce(subject, kind || ':' || record));
create index entry_record on entry (city, kind, record);
