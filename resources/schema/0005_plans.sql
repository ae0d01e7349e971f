-- Minutes planned for a code before or during the visit; null: it is planned no more.

create table plans (
    visit_id text not null references visits (id),
    code text not null,
    minutes integer check (minutes between 0 and 480),
    planned_at integer not null,
    primary key (visit_id, code)
) strict;

create trigger plans_remain before delete on plans begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger plans_of_signed_visits_stay before update on plans
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
create trigger plans_of_signed_visits_take_no_code before insert on plans
when (select status from visits where id = new.visit_id) = 'signed'
begin
    select raise(abort, 'visit-signed');
end;
