-- What was signed, word for word. A content is kept once, under its hash: each signature names the
-- content that it stands under, each version of a visit the one that it was closed with. Who
-- supervised a part may be named as late as at signing.

create table signed_contents (
    sha256 text primary key check (length(sha256) = 64),
    content text not null check (content <> '')
) strict;

-- A visit as it was closed; `signatures` as JSON. `kept_at` is later than `closed_at` where an
-- earlier ptimer closed the visit, which kept no content: it is kept before it is reopened.
create table signed_versions (
    visit_id text not null references visits (id),
    number integer not null check (number > 0),
    content_sha256 text not null references signed_contents (sha256),
    signatures text not null,
    sha256 text not null check (length(sha256) = 64),
    closed_at integer not null,
    kept_at integer not null,
    reopened_at integer,
    reopened_by text,
    why text,
    primary key (visit_id, number),
    check ((reopened_at is null) = (why is null) and (why is null) = (reopened_by is null))
) strict;

alter table signatures add column sha256 text references signed_contents (sha256);

create table visit_supervisors (
    id text primary key,
    visit_id text not null references visits (id),
    clinician text not null references clinicians (name),
    supervisor text not null references clinicians (name) check (supervisor <> clinician),
    named_by text not null,
    named_at integer not null,
    replaced_at integer
) strict;
create unique index visit_supervisors_once on visit_supervisors (visit_id, clinician)
    where replaced_at is null;

create trigger signed_contents_remain before delete on signed_contents begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger signed_contents_stay before update on signed_contents begin
    select raise(abort, 'what was signed is never rewritten');
end;
create trigger signed_contents_are_not_replaced before insert on signed_contents
when exists (select 1 from signed_contents where sha256 = new.sha256)
begin
    select raise(abort, 'a row is never replaced');
end;

create trigger signed_versions_remain before delete on signed_versions begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger signed_versions_stay before update on signed_versions
when old.visit_id is not new.visit_id or old.number is not new.number
    or old.content_sha256 is not new.content_sha256 or old.signatures is not new.signatures
    or old.sha256 is not new.sha256 or old.closed_at is not new.closed_at
    or old.kept_at is not new.kept_at or old.reopened_at is not null
begin
    select raise(abort, 'what was signed is never rewritten');
end;
create trigger signed_versions_are_not_replaced before insert on signed_versions
when exists (
    select 1 from signed_versions where visit_id = new.visit_id and number = new.number)
begin
    select raise(abort, 'a row is never replaced');
end;

create trigger signatures_stay before update on signatures
when old.id is not new.id or old.visit_id is not new.visit_id
    or old.clinician is not new.clinician or old.name is not new.name
    or old.credentials is not new.credentials or old.signed_at is not new.signed_at
    or old.sha256 is not new.sha256 or old.withdrawn_at is not null
begin
    select raise(abort, 'a signature is withdrawn, never rewritten');
end;

create trigger visit_supervisors_fit before insert on visit_supervisors
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger visit_supervisors_remain before delete on visit_supervisors begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger visit_supervisors_stay before update on visit_supervisors
when old.id is not new.id or old.visit_id is not new.visit_id
    or old.clinician is not new.clinician or old.supervisor is not new.supervisor
    or old.named_by is not new.named_by or old.named_at is not new.named_at
    or old.replaced_at is not null
begin
    select raise(abort, 'a supervisor is replaced by a new row, never rewritten');
end;
create trigger visit_supervisors_of_signed_visits_stay before update on visit_supervisors
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger visit_supervisors_are_not_replaced before insert on visit_supervisors
when exists (select 1 from visit_supervisors where id = new.id
    or (visit_id = new.visit_id and clinician = new.clinician and replaced_at is null
        and new.replaced_at is null))
begin
    select raise(abort, 'a row is never replaced');
end;
