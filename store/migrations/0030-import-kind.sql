-- What an import is of: the kind of its records.
alter table import_job add column kind text not null default 'enterprise';
alter table import_job alter column kind drop default;
