-- What a clinician learnt and may do: degrees, courses, licences, certificates, with their dates
-- and the name of the file that proves them. An entry that was wrong is voided, with a reason.

create table clinician_entries (
    id text primary key,
    clinician text not null references clinicians (name),
    kind text not null check (kind in ('education', 'training', 'licence', 'certificate')),
    title text not null check (trim(title) <> ''),
    dated text not null check (dated is date(dated)),
    expires_on text check (expires_on is date(expires_on) and expires_on >= dated),
    -- Hundredths of an hour: 1.5 hours of training are 150.
    hours integer check (hours > 0),
    file_name text not null default '',
    note text not null default '',
    recorded_by text not null,
    recorded_at integer not null,
    voided_at integer,
    voided_by text,
    void_reason text check (trim(void_reason) <> ''),
    check ((voided_at is null) = (void_reason is null) and (void_reason is null) = (voided_by is null))
) strict;
create index clinician_entries_by_clinician on clinician_entries (clinician, dated);
create index clinician_entries_expiring on clinician_entries (expires_on)
    where voided_at is null and expires_on is not null;

create trigger clinician_entries_remain before delete on clinician_entries begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger clinician_entries_stay before update on clinician_entries
when old.id is not new.id or old.clinician is not new.clinician or old.kind is not new.kind
    or old.title is not new.title or old.dated is not new.dated
    or old.expires_on is not new.expires_on or old.hours is not new.hours
    or old.file_name is not new.file_name or old.note is not new.note
    or old.recorded_by is not new.recorded_by or old.recorded_at is not new.recorded_at
    or old.voided_at is not null
begin
    select raise(abort, 'an entry is voided, never rewritten');
end;
create trigger clinician_entries_are_not_replaced before insert on clinician_entries
when exists (select 1 from clinician_entries where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
