-- What became of a visit that was not held as planned: cancelled, no-show, stopped early; with a
-- reason, and kept when it is taken back.

create table visit_marks (
    id text primary key,
    visit_id text not null references visits (id),
    kind text not null check (kind in ('cancelled', 'no-show', 'stopped-early')),
    reason text not null check (trim(reason) <> ''),
    marked_by text not null,
    marked_at integer not null,
    taken_back_at integer
) strict;
create unique index visit_marks_once on visit_marks (visit_id) where taken_back_at is null;

create trigger visit_marks_fit after insert on visit_marks begin
    select case
        when (select status from visits where id = new.visit_id) = 'signed'
            then raise(abort, 'visit-signed')
        when new.kind <> 'stopped-early' and exists (
            select 1 from segments where visit_id = new.visit_id and voided_at is null)
            then raise(abort, 'visit-marked')
        end;
end;
create trigger segments_of_a_marked_visit after insert on segments
when new.voided_at is null and exists (
    select 1 from visit_marks
    where visit_id = new.visit_id and taken_back_at is null and kind <> 'stopped-early')
begin
    select raise(abort, 'visit-marked');
end;

create trigger visit_marks_remain before delete on visit_marks begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger visit_marks_stay before update on visit_marks
when old.id is not new.id or old.visit_id is not new.visit_id or old.kind is not new.kind
    or old.reason is not new.reason or old.marked_by is not new.marked_by
    or old.marked_at is not new.marked_at or old.taken_back_at is not null
begin
    select raise(abort, 'a mark is taken back, never rewritten');
end;
create trigger visit_marks_of_signed_visits_stay before update on visit_marks
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger visit_marks_are_not_replaced before insert on visit_marks
when exists (select 1 from visit_marks where id = new.id
    or (visit_id = new.visit_id and taken_back_at is null and new.taken_back_at is null))
begin
    select raise(abort, 'a row is never replaced');
end;
