-- Who gave an invitation, so that it is worth nothing once he may not give it any longer; and whether it also takes away the
-- second factors, for whoever has lost them.
alter table identity.invitation add column issuer text;
alter table identity.invitation add column clears boolean not null default false;
