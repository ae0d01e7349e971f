-- What goes with a line by a person's word: who assisted the therapist, which pairs were attested,
-- that a treatment past the year's threshold is necessary, what a payer allows for a unit, and
-- what other providers were paid. The newest word counts; the former ones stay.

alter table segments add column assisted_by text not null default '';
create trigger segments_keep_who_assisted before update of assisted_by on segments
when old.assisted_by is not new.assisted_by
begin
    select raise(abort, 'a segment is replaced, never rewritten');
end;

create table pair_attestations (
    id text primary key,
    visit_id text not null references visits (id),
    column1 text not null,
    column2 text not null,
    -- Empty: there is to be none, or a person took it off.
    modifier text not null check (modifier in ('', '59', 'XE', 'XS', 'XP', 'XU')),
    said_by text not null check (trim(said_by) <> ''),
    said_at integer not null
) strict;
create index pair_attestations_by_visit on pair_attestations (visit_id);

create table necessity_attestations (
    id text primary key,
    visit_id text not null references visits (id),
    attested integer not null check (attested in (0, 1)),
    said_by text not null check (trim(said_by) <> ''),
    said_at integer not null
) strict;
create index necessity_attestations_by_visit on necessity_attestations (visit_id);

-- Allowed charges in cents; null: there is no fee any more.
create table fees (
    id text primary key,
    payer text not null check (trim(payer) <> ''),
    code text not null check (trim(code) <> ''),
    year integer not null check (year between 2000 and 2200),
    cents integer check (cents between 0 and 100000000),
    told_by text not null,
    told_at integer not null
) strict;
create index fees_by_year on fees (year, payer, code);

-- What all other providers were allowed for a patient in a year, as a person typed it.
create table charges_elsewhere (
    id text primary key,
    patient text not null check (trim(patient) <> ''),
    year integer not null check (year between 2000 and 2200),
    pool text not null check (pool in ('PT and SLP', 'OT')),
    cents integer not null check (cents between 0 and 100000000),
    told_by text not null,
    told_at integer not null
) strict;
create index charges_elsewhere_by_patient on charges_elsewhere (patient, year);

-- The year's threshold, where the clinic knows it before the program does.
create table year_thresholds (
    id text primary key,
    year integer not null check (year between 2000 and 2200),
    cents integer not null check (cents between 1 and 100000000),
    source text not null check (trim(source) <> ''),
    told_by text not null,
    told_at integer not null
) strict;

-- What each row for the biller came to when a visit was signed, for the year's sum.
create table signed_units (
    id text primary key,
    visit_id text not null references visits (id),
    code text not null,
    units integer not null check (units > 0),
    signed_at integer not null,
    withdrawn_at integer
) strict;
create index signed_units_by_visit on signed_units (visit_id) where withdrawn_at is null;
-- Visits that were signed before there was such a list: what the audit log says of them.
insert into signed_units (id, visit_id, code, units, signed_at)
    select lower(hex(randomblob(16))), a.visit_id, json_extract(l.value, '$.code'),
        json_extract(l.value, '$.units'), a.at
    from audit_log a join visits v on v.id = a.visit_id, json_each(a.after, '$.lines') l
    where a.action = 'sign' and v.status = 'signed' and json_extract(l.value, '$.units') > 0
        and a.seq = (select max(b.seq) from audit_log b
            where b.visit_id = a.visit_id and b.action = 'sign');

create trigger pair_attestations_fit before insert on pair_attestations
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger necessity_attestations_fit before insert on necessity_attestations
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;

create trigger pair_attestations_remain before delete on pair_attestations begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger pair_attestations_stay before update on pair_attestations begin
    select raise(abort, 'a word is followed by a new one, never rewritten');
end;
create trigger pair_attestations_are_not_replaced before insert on pair_attestations
when exists (select 1 from pair_attestations where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger necessity_attestations_remain before delete on necessity_attestations begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger necessity_attestations_stay before update on necessity_attestations begin
    select raise(abort, 'a word is followed by a new one, never rewritten');
end;
create trigger necessity_attestations_are_not_replaced before insert on necessity_attestations
when exists (select 1 from necessity_attestations where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger fees_remain before delete on fees begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger fees_stay before update on fees begin
    select raise(abort, 'a fee is followed by a new one, never rewritten');
end;
create trigger fees_are_not_replaced before insert on fees
when exists (select 1 from fees where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger charges_elsewhere_remain before delete on charges_elsewhere begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger charges_elsewhere_stay before update on charges_elsewhere begin
    select raise(abort, 'an amount is followed by a new one, never rewritten');
end;
create trigger charges_elsewhere_are_not_replaced before insert on charges_elsewhere
when exists (select 1 from charges_elsewhere where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger year_thresholds_remain before delete on year_thresholds begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger year_thresholds_stay before update on year_thresholds begin
    select raise(abort, 'an amount is followed by a new one, never rewritten');
end;
create trigger year_thresholds_are_not_replaced before insert on year_thresholds
when exists (select 1 from year_thresholds where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger signed_units_remain before delete on signed_units begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger signed_units_stay before update on signed_units
when old.id is not new.id or old.visit_id is not new.visit_id or old.code is not new.code
    or old.units is not new.units or old.signed_at is not new.signed_at
    or old.withdrawn_at is not null
begin
    select raise(abort, 'what was signed is withdrawn, never rewritten');
end;
create trigger signed_units_are_not_replaced before insert on signed_units
when exists (select 1 from signed_units where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
