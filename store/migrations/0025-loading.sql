-- Whether the example's year is being loaded into this city, where that began and has not ended: a part of it would look like a
-- whole. (Under its former name it was never set.)
alter table city rename column replayed to loading;
