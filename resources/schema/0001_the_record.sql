-- The record of a clinic: who was treated, when, with what, and every change to it.
-- Instants are whole milliseconds since 1970-01-01 UTC. Keys are UUIDv7. Nothing is ever deleted.

create table clinicians (
    name text primary key check (trim(name) <> ''),
    credentials text not null default '',
    discipline text not null default '',
    role text not null default 'therapist'
        check (role in ('therapist', 'assistant', 'student', 'aide')),
    npi text not null default '',
    supervisor text not null default '',
    last_used_at integer not null
) strict;

-- A visit: one patient, one discipline, one date of service, one payer.
create table visits (
    id text primary key,
    patient text not null check (trim(patient) <> ''),
    discipline text not null check (discipline in ('PT', 'OT', 'SLP')),
    service_date text not null check (service_date glob '????-??-??'),
    payer text not null,
    -- What the payer allows, as the triggers below need it.
    relaxed integer not null check (relaxed in (0, 1)),
    assistants_barred integer not null check (assistants_barred in (0, 1)),
    status text not null default 'open' check (status in ('open', 'signed')),
    planned_at integer,
    arrived_at integer,
    departed_at integer,
    created_at integer not null,
    unique (patient, discipline, service_date),
    unique (id, patient)
) strict;
create index visits_by_date on visits (service_date);
create index visits_by_creation on visits (created_at);
create index visits_open on visits (service_date) where status = 'open';

-- A segment: one uninterrupted stretch of one code in a visit, [started_at, ended_at).
create table segments (
    id text primary key,
    visit_id text not null,
    patient text not null,
    code text not null,
    clinician text not null references clinicians (name),
    role text not null check (role in ('therapist', 'assistant', 'student', 'aide')),
    supervisor text references clinicians (name),
    group_id text,
    started_at integer not null,
    ended_at integer check (ended_at >= started_at),
    attendance text not null check (
        attendance in ('one-on-one', 'constant', 'supervised', 'group', 'evaluation', 'none')
    ),
    -- What a segment takes, in short, for the triggers: 1 one patient's clinician, 2 a group's,
    -- 3 an evaluation, 0 supervised, -1 rest or not billable.
    kind integer not null generated always as (case attendance
        when 'one-on-one' then 1 when 'constant' then 1 when 'group' then 2
        when 'evaluation' then 3 when 'supervised' then 0 else -1 end) virtual,
    exclusive integer not null check (exclusive in (0, 1)),
    typed_units integer check (typed_units >= 0),
    note text not null default '',
    origin text not null check (origin in ('press', 'command', 'file', 'correction', 'recovery')),
    replaces text references segments (id),
    edited integer not null default 0 check (edited in (0, 1)),
    recorded_at integer not null,
    voided_at integer,
    foreign key (visit_id, patient) references visits (id, patient)
) strict;
create index segments_by_visit on segments (visit_id);
create index segments_by_patient on segments (patient, started_at) where voided_at is null;
create index segments_by_clinician on segments (clinician, started_at) where voided_at is null;
create index segments_by_student on segments (supervisor, started_at)
    where voided_at is null and role = 'student';
create index segments_running on segments (started_at)
    where voided_at is null and ended_at is null;
create unique index segments_running_once
    on segments (visit_id, code, clinician, role, ifnull(supervisor, ''))
    where voided_at is null and ended_at is null;
-- The few that last longer than the two hours that the view below looks back, or still run.
create index segments_lasting_by_patient on segments (patient, ifnull(ended_at, 9e15))
    where voided_at is null and ifnull(ended_at, 9e15) - started_at > 7200000;
create index segments_lasting_by_clinician on segments (clinician, ifnull(ended_at, 9e15))
    where voided_at is null and ifnull(ended_at, 9e15) - started_at > 7200000;
create index segments_lasting_by_student on segments (supervisor, ifnull(ended_at, 9e15))
    where voided_at is null and role = 'student'
    and ifnull(ended_at, 9e15) - started_at > 7200000;

create table signatures (
    id text primary key,
    visit_id text not null references visits (id),
    clinician text not null references clinicians (name),
    name text not null,
    credentials text not null check (trim(credentials) <> ''),
    signed_at integer not null,
    withdrawn_at integer
) strict;
create unique index signatures_once on signatures (visit_id, clinician)
    where withdrawn_at is null;

-- How the clinician settled a tie: units by code, as JSON.
create table unit_choices (
    visit_id text primary key references visits (id),
    units text not null,
    chosen_at integer not null
) strict;

-- Why a code took so long.
create table long_reasons (
    visit_id text not null references visits (id),
    code text not null,
    reason text not null check (trim(reason) <> ''),
    given_at integer not null,
    primary key (visit_id, code)
) strict;

-- Codes that a clinician put on a visit's cards.
create table visit_cards (
    visit_id text not null references visits (id),
    code text not null,
    added_at integer not null,
    primary key (visit_id, code)
) strict;

-- The last sign of life of the window that shows a running segment.
create table heartbeats (
    segment_id text primary key references segments (id),
    beat_at integer not null
) strict;

create table doubts (
    id text primary key,
    segment_id text not null references segments (id),
    cause text not null check (cause in ('window-stopped', 'slept', 'clock-set')),
    sure_until integer not null,
    likely_end integer,
    noticed_at integer not null,
    answered_at integer,
    answer text
) strict;
create unique index doubts_open on doubts (segment_id) where answered_at is null;

-- Both clocks at the last command, to see that a person set one.
create table clock_mark (
    one integer primary key check (one = 1),
    wall integer not null,
    steady integer not null,
    boot text not null
) strict;

create table export_batches (
    id text primary key,
    exported_at integer not null,
    date_from text not null,
    date_to text not null,
    layout text not null,
    file_name text not null,
    line_count integer not null,
    units integer not null
) strict;

create table export_lines (
    line_id text not null,
    batch_id text not null references export_batches (id),
    visit_id text not null references visits (id),
    code text not null,
    modifiers text not null,
    content text not null,
    primary key (batch_id, line_id)
) strict;
create index export_lines_by_visit on export_lines (visit_id, code, modifiers);

create table payers (
    name text primary key check (trim(name) <> ''),
    definition text not null,
    made_at integer not null
) strict;

create table settings (
    key text primary key,
    value text not null
) strict;

-- Codes and rules as read from the resource files, so that a press need not read them anew.
create table rulebook_cache (
    one integer primary key check (one = 1),
    fingerprint text not null,
    content text not null
) strict;

-- Who changed what, when, from what, to what and why. Each row's hash covers the one before.
create table audit_log (
    seq integer primary key autoincrement,
    id text not null unique,
    at integer not null,
    who text not null,
    action text not null,
    visit_id text references visits (id),
    segment_id text references segments (id),
    press_id text,
    before text,
    after text,
    reason text not null default '',
    hash text not null
) strict;
create index audit_by_visit on audit_log (visit_id, seq);
create index audit_by_press on audit_log (press_id) where press_id is not null;

-- The database itself refuses what the rules forbid, by whatever road it comes (rules.md, At the
-- same minute): who may deliver it at all, then what shares the patient, then what shares the
-- clinician, then whose student the clinician supervises. Each looks among the rows that began up
-- to two hours earlier, and among the few that last longer. `place` is the rule's place in the
-- order of precedence.
create trigger segments_come_in after insert on segments when new.voided_at is null begin
    select case
        when (select status from visits where id = new.visit_id) = 'signed'
            then raise(abort, 'visit-signed')
        when new.kind >= 0 and new.role = 'assistant'
            and (select assistants_barred from visits where id = new.visit_id) = 1
            then raise(abort, 'qualified-only')
        when new.kind > 0 and (
            new.role = 'aide'
            or (new.role = 'student' and ifnull(new.supervisor, '') in ('', new.clinician))
            or (new.role = 'assistant' and new.kind = 3)
        )
            then raise(abort, 'qualified-only')
        end;
end;

create trigger segments_of_a_patient after insert on segments
when new.voided_at is null begin
    select case (
        select min(place) from (
            select case
                when new.kind > 0 and r.kind > 0 and 3 in (new.kind, r.kind) then 4
                when new.kind > 0 and r.kind > 0 and new.kind <> r.kind then 5
                when new.code <> r.code and new.kind >= 0 and r.kind >= 0 and (
                    (new.exclusive > (r.kind = 0 and
                        (select relaxed from visits where id = new.visit_id)))
                    or (r.exclusive > (new.kind = 0 and
                        (select relaxed from visits where id = r.visit_id)))
                ) then 6
                when new.kind = 1 and r.kind = 1 then 8
                when new.visit_id = r.visit_id and -1 in (new.kind, r.kind) then 9
                end as place
            from segments r
            where r.patient = new.patient
                and r.voided_at is null and r.id <> new.id
                and r.started_at > new.started_at - 7200000
                and r.started_at < ifnull(new.ended_at, 9e15)
                and ifnull(r.ended_at, 9e15) > new.started_at
            union all
            select case
                when new.kind > 0 and r.kind > 0 and 3 in (new.kind, r.kind) then 4
                when new.kind > 0 and r.kind > 0 and new.kind <> r.kind then 5
                when new.code <> r.code and new.kind >= 0 and r.kind >= 0 and (
                    (new.exclusive > (r.kind = 0 and
                        (select relaxed from visits where id = new.visit_id)))
                    or (r.exclusive > (new.kind = 0 and
                        (select relaxed from visits where id = r.visit_id)))
                ) then 6
                when new.kind = 1 and r.kind = 1 then 8
                when new.visit_id = r.visit_id and -1 in (new.kind, r.kind) then 9
                end as place
            from segments r
            where r.patient = new.patient
                and r.voided_at is null and r.id <> new.id
                and ifnull(r.ended_at, 9e15) - r.started_at > 7200000
                and +r.started_at <= new.started_at - 7200000
                and ifnull(r.ended_at, 9e15) > new.started_at
        ))
        when 4 then raise(abort, 'evaluation-apart')
        when 5 then raise(abort, 'group-apart')
        when 6 then raise(abort, 'billed-alone')
        when 8 then raise(abort, 'one-patient-one-service')
        when 9 then raise(abort, 'rest-apart')
        end;
end;

create trigger segments_of_a_clinician after insert on segments
when new.voided_at is null and new.kind > 0 begin
    select case (
        select min(place) from (
            select case
                when new.kind > 0 and r.kind > 0 and 3 in (new.kind, r.kind) then 4
                when new.kind > 0 and r.kind > 0 and new.kind <> r.kind then 5
                when new.kind = 1 and r.kind = 1 then 7
                end as place
            from segments r
            where r.clinician in (new.clinician, case new.role when 'student' then new.supervisor end)
                and r.voided_at is null and r.id <> new.id
                and r.started_at > new.started_at - 7200000
                and r.started_at < ifnull(new.ended_at, 9e15)
                and ifnull(r.ended_at, 9e15) > new.started_at
            union all
            select case
                when new.kind > 0 and r.kind > 0 and 3 in (new.kind, r.kind) then 4
                when new.kind > 0 and r.kind > 0 and new.kind <> r.kind then 5
                when new.kind = 1 and r.kind = 1 then 7
                end as place
            from segments r
            where r.clinician in (new.clinician, case new.role when 'student' then new.supervisor end)
                and r.voided_at is null and r.id <> new.id
                and ifnull(r.ended_at, 9e15) - r.started_at > 7200000
                and +r.started_at <= new.started_at - 7200000
                and ifnull(r.ended_at, 9e15) > new.started_at
        ))
        when 4 then raise(abort, 'evaluation-apart')
        when 5 then raise(abort, 'group-apart')
        when 7 then raise(abort, 'one-clinician-one-service')
        end;
end;

create trigger segments_of_a_supervisor after insert on segments
when new.voided_at is null and new.kind > 0 begin
    select case (
        select min(place) from (
            select case
                when new.kind > 0 and r.kind > 0 and 3 in (new.kind, r.kind) then 4
                when new.kind > 0 and r.kind > 0 and new.kind <> r.kind then 5
                when new.kind = 1 and r.kind = 1 then 7
                end as place
            from segments r
            where r.supervisor in (new.clinician, case new.role when 'student' then new.supervisor end)
                and r.role = 'student'
                and r.voided_at is null and r.id <> new.id
                and r.started_at > new.started_at - 7200000
                and r.started_at < ifnull(new.ended_at, 9e15)
                and ifnull(r.ended_at, 9e15) > new.started_at
            union all
            select case
                when new.kind > 0 and r.kind > 0 and 3 in (new.kind, r.kind) then 4
                when new.kind > 0 and r.kind > 0 and new.kind <> r.kind then 5
                when new.kind = 1 and r.kind = 1 then 7
                end as place
            from segments r
            where r.supervisor in (new.clinician, case new.role when 'student' then new.supervisor end)
                and r.role = 'student'
                and r.voided_at is null and r.id <> new.id
                and ifnull(r.ended_at, 9e15) - r.started_at > 7200000
                and +r.started_at <= new.started_at - 7200000
                and ifnull(r.ended_at, 9e15) > new.started_at
        ))
        when 4 then raise(abort, 'evaluation-apart')
        when 5 then raise(abort, 'group-apart')
        when 7 then raise(abort, 'one-clinician-one-service')
        end;
end;

-- A segment changes in two ways only: it is stopped, or it is voided.
create trigger segments_stay before update on segments
when old.id is not new.id or old.visit_id is not new.visit_id or old.patient is not new.patient
    or old.code is not new.code or old.clinician is not new.clinician
    or old.role is not new.role or old.supervisor is not new.supervisor
    or old.group_id is not new.group_id or old.started_at is not new.started_at
    or old.attendance is not new.attendance or old.exclusive is not new.exclusive
    or old.origin is not new.origin or old.replaces is not new.replaces
    or old.edited is not new.edited or old.recorded_at is not new.recorded_at
    or old.note is not new.note
    or (old.ended_at is not null and old.ended_at is not new.ended_at)
    or (old.ended_at is not null and old.typed_units is not new.typed_units)
    or old.voided_at is not null
begin
    select raise(abort, 'a segment is replaced, never rewritten');
end;
create trigger segments_change after update on segments
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;

-- What a signed visit is may not change under its segments.
create trigger visits_stay before update on visits
when old.status = 'signed' and new.status = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger visits_relax_anew after update of relaxed, assistants_barred on visits
when new.relaxed < old.relaxed or new.assistants_barred > old.assistants_barred
begin
    select raise(abort, 'billed-alone')
    from segments a join segments b
        on b.patient = a.patient and b.code <> a.code and b.attendance = 'supervised'
        and b.voided_at is null
        and b.started_at < ifnull(a.ended_at, 9e15) and ifnull(b.ended_at, 9e15) > a.started_at
    where a.visit_id = new.id and a.exclusive = 1 and a.kind >= 0 and a.voided_at is null
        and new.relaxed = 0;
    select raise(abort, 'qualified-only')
    from segments a
    where a.visit_id = new.id and a.role = 'assistant' and a.attendance <> 'none'
        and a.voided_at is null and new.assistants_barred = 1;
end;

create trigger segments_remain before delete on segments begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger visits_remain before delete on visits begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger signatures_remain before delete on signatures begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger audit_log_remains before delete on audit_log begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger audit_log_stays before update on audit_log begin
    select raise(abort, 'the audit log is only added to');
end;
create trigger export_batches_remain before delete on export_batches begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger export_lines_remain before delete on export_lines begin
    select raise(abort, 'nothing is ever deleted');
end;

-- `insert or replace` deletes without asking the triggers above: what it would make room for is
-- refused before it does.
create trigger segments_are_not_replaced before insert on segments
when exists (select 1 from segments where id = new.id)
    or (new.voided_at is null and new.ended_at is null and exists (
        select 1 from segments r
        where r.visit_id = new.visit_id and r.code = new.code and r.clinician = new.clinician
            and r.role = new.role and ifnull(r.supervisor, '') = ifnull(new.supervisor, '')
            and r.voided_at is null and r.ended_at is null))
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger visits_are_not_replaced before insert on visits
when exists (select 1 from visits where id = new.id or (
    patient = new.patient and discipline = new.discipline and service_date = new.service_date))
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger visits_keep_their_key before update of id, patient, discipline, service_date on visits
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger signatures_are_not_replaced before insert on signatures
when exists (select 1 from signatures where id = new.id
    or (visit_id = new.visit_id and clinician = new.clinician and withdrawn_at is null
        and new.withdrawn_at is null))
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger audit_log_is_not_replaced before insert on audit_log
when exists (select 1 from audit_log where id = new.id or seq = new.seq)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger export_batches_are_not_replaced before insert on export_batches
when exists (select 1 from export_batches where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger export_lines_are_not_replaced before insert on export_lines
when exists (select 1 from export_lines where batch_id = new.batch_id and line_id = new.line_id)
begin
    select raise(abort, 'a row is never replaced');
end;
