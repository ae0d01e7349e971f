-- Codes and payers of the clinic's own. A changed or ended one is a new row that names the one it
-- replaces: what an earlier visit was counted by stays readable. Nothing is ever deleted.

create table own_codes (
    id text primary key,
    code text not null check (trim(code) <> ''),
    definition text not null,
    replaces text references own_codes (id),
    made_at integer not null
) strict;

alter table payers rename to payers_before;
create table payers (
    id text primary key,
    name text not null check (trim(name) <> ''),
    definition text not null,
    replaces text references payers (id),
    made_at integer not null
) strict;
insert into payers (id, name, definition, made_at)
    select lower(hex(randomblob(16))), name, definition, made_at
    from payers_before order by made_at, name;
drop table payers_before;

create trigger own_codes_remain before delete on own_codes begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger own_codes_stay before update on own_codes begin
    select raise(abort, 'a row is replaced by a new one, never rewritten');
end;
create trigger own_codes_are_not_replaced before insert on own_codes
when exists (select 1 from own_codes where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger payers_remain before delete on payers begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger payers_stay before update on payers begin
    select raise(abort, 'a row is replaced by a new one, never rewritten');
end;
create trigger payers_are_not_replaced before insert on payers
when exists (select 1 from payers where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
