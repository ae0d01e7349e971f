-- What each biller was given, byte for byte, and how each biller wants it.

-- A line of a visit that was amended goes out again: in place of the one of its id, or to end it.
alter table export_lines add column status text not null default 'NEW'
    check (status in ('NEW', 'CORRECTION', 'VOID'));

-- The file of a batch, as it was written: `content` is deflated, `sha256` is of what was written.
create table export_files (
    batch_id text primary key references export_batches (id),
    made_by text not null,
    minutes integer not null,
    layout_version text not null,
    sha256 text not null check (length(sha256) = 64),
    size integer not null,
    content blob not null
) strict;

-- A changed layout is a new version that stands beside the one before.
create table biller_layouts (
    id text primary key,
    name text not null check (trim(name) <> ''),
    version integer not null check (version > 0),
    definition text not null,
    made_at integer not null,
    unique (name, version)
) strict;

create trigger export_batches_stay before update on export_batches begin
    select raise(abort, 'a row is replaced by a new one, never rewritten');
end;
create trigger export_lines_stay before update on export_lines begin
    select raise(abort, 'a row is replaced by a new one, never rewritten');
end;
create trigger export_files_remain before delete on export_files begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger export_files_stay before update on export_files begin
    select raise(abort, 'a row is replaced by a new one, never rewritten');
end;
create trigger export_files_are_not_replaced before insert on export_files
when exists (select 1 from export_files where batch_id = new.batch_id)
begin
    select raise(abort, 'a row is never replaced');
end;
create trigger biller_layouts_remain before delete on biller_layouts begin
    select raise(abort, 'nothing is ever deleted');
end;
create trigger biller_layouts_stay before update on biller_layouts begin
    select raise(abort, 'a row is replaced by a new one, never rewritten');
end;
create trigger biller_layouts_are_not_replaced before insert on biller_layouts
when exists (
    select 1 from biller_layouts
    where id = new.id or (name = new.name and version = new.version))
begin
    select raise(abort, 'a row is never replaced');
end;
