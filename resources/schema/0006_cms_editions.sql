-- Editions of CMS's tables, as a person brought them in: which file, when, and its rows among the
-- codes of the code book. A newer edition stands beside the former: visits of its time, and visits
-- that were signed before it came, stay judged by what they were judged by.

create table cms_editions (
    id text primary key,
    kind text not null check (kind in ('ptp', 'mue')),
    name text not null check (trim(name) <> ''),
    in_force_from text not null check (in_force_from is date(in_force_from)),
    rows_kept integer not null check (rows_kept > 0),
    content text not null check (content <> ''),
    imported_by text not null,
    imported_at integer not null
) strict;

create table cms_files (
    edition_id text not null references cms_editions (id),
    place integer not null,
    name text not null check (trim(name) <> ''),
    sha256 text not null check (length(sha256) = 64),
    rows_read integer not null check (rows_read > 0),
    primary key (edition_id, place)
) strict;

create trigger cms_editions_remain before delete on cms_editions begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger cms_editions_stay before update on cms_editions begin
    select raise(abort, 'an edition is followed by a new one, never rewritten');
end;
create trigger cms_editions_are_not_replaced before insert on cms_editions
when exists (select 1 from cms_editions where id = new.id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger cms_files_remain before delete on cms_files begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger cms_files_stay before update on cms_files begin
    select raise(abort, 'an edition is followed by a new one, never rewritten');
end;
create trigger cms_files_are_not_replaced before insert on cms_files
when exists (select 1 from cms_files where edition_id = new.edition_id and place = new.place)
begin
    select raise(abort, 'a row is never replaced');
end;
