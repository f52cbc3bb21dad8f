-- Messages are read by whom they are for, and sent in their order; one that failed waits until it is tried again.
create index outbox_recipient on outbox (city, recipient, at desc);
alter table outbox add column retry timestamptz;
