-- What is signed: the skilled parts of a visit, the patient's goals, and each version that was signed.

-- What makes a one-on-one code of a visit skilled: the newest row of a visit and code counts, those
-- before it stay as they were. `content` holds the values by part; `carried_from` names the visit
-- that a press took some of them over from.
create table skilled_parts (
    id text primary key,
    visit_id text not null references visits (id),
    code text not null check (trim(code) <> ''),
    content text not null check (content <> ''),
    carried_from text references visits (id),
    written_by text not null,
    written_at integer not null
) strict;
create index skilled_parts_by_visit on skilled_parts (visit_id, code);

-- The goals that a patient's visits serve; one that is reached or given up is ended.
create table goals (
    id text primary key,
    patient text not null check (trim(patient) <> ''),
    number integer not null check (number > 0),
    goal text not null check (trim(goal) <> ''),
    made_by text not null,
    made_at integer not null,
    ended_by text,
    ended_at integer,
    check ((ended_at is null) = (ended_by is null))
) strict;
create unique index goals_by_patient on goals (patient, number);

-- What a clinician confirms to be in the chart of a visit; one that is taken back is kept.
create table chart_ticks (
    id text primary key,
    visit_id text not null references visits (id),
    tick text not null check (trim(tick) <> ''),
    ticked_by text not null,
    ticked_at integer not null,
    taken_back_at integer
) strict;
create unique index chart_ticks_once on chart_ticks (visit_id, tick) where taken_back_at is null;

create trigger skilled_parts_come_in after insert on skilled_parts
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger chart_ticks_come_in after insert on chart_ticks
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger chart_ticks_of_signed_visits_stay before update on chart_ticks
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;

create trigger skilled_parts_remain before delete on skilled_parts begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger goals_remain before delete on goals begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger chart_ticks_remain before delete on chart_ticks begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger skilled_parts_stay before update on skilled_parts begin
    select raise(abort, 'skilled parts are written anew, never rewritten');
end;
create trigger goals_stay before update on goals
when old.id is not new.id or old.patient is not new.patient or old.number is not new.number
    or old.goal is not new.goal or old.made_by is not new.made_by
    or old.made_at is not new.made_at or old.ended_at is not null
begin
    select raise(abort, 'a goal is ended, never rewritten');
end;
create trigger chart_ticks_stay before update on chart_ticks
when old.id is not new.id or old.visit_id is not new.visit_id or old.tick is not new.tick
    or old.ticked_by is not new.ticked_by or old.ticked_at is not new.ticked_at
    or old.taken_back_at is not null
begin
    select raise(abort, 'a tick is taken back, never rewritten');
end;
create trigger skilled_parts_are_not_replaced before insert on skilled_parts
when exists (select 1 from skilled_parts where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger goals_are_not_replaced before insert on goals
when exists (select 1 from goals where id = new.id
    or (patient = new.patient and number = new.number))
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger chart_ticks_are_not_replaced before insert on chart_ticks
when exists (select 1 from chart_ticks where id = new.id
    or (visit_id = new.visit_id and tick = new.tick and taken_back_at is null
        and new.taken_back_at is null))
begin
    select raise(abort, 'a row is never replaced');
end;
