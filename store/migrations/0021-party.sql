-- Who has a part in a record is found by the record first. With the kind before it, a table too young to have statistics
-- was gone through whole, by its kind, for every record that was looked at.
drop index party_record;
create index party_record on party (city, id, kind);
