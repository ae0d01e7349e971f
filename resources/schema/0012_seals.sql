-- What the program wrote last is sealed: the hash of all that is recorded of a visit, of a patient
-- beside the visits, or of one of the clinic's tables. A row that changes is noted at once; the
-- program seals what it has changed before it commits. What another program changes stays noted,
-- and where the triggers were taken away meanwhile, the hash no longer fits.

create table seals (
    subject text not null check (subject in ('visit', 'patient', 'clinic')),
    key text not null,
    sha256 text not null check (length(sha256) = 64),
    primary key (subject, key)
) strict;

create table unsealed (
    subject text not null check (subject in ('visit', 'patient', 'clinic')),
    key text not null,
    primary key (subject, key)
) strict;

-- The hash of all that was recorded of the visit when the version was closed.
alter table signed_versions add column rows_sha256 text check (length(rows_sha256) = 64);

drop trigger signed_versions_stay;
create trigger signed_versions_stay before update on signed_versions
when old.visit_id is not new.visit_id or old.number is not new.number
    or old.content_sha256 is not new.content_sha256 or old.signatures is not new.signatures
    or old.sha256 is not new.sha256 or old.closed_at is not new.closed_at
    or old.kept_at is not new.kept_at or old.rows_sha256 is not new.rows_sha256
    or old.reopened_at is not null
begin
    select raise(abort, 'what was signed is never rewritten');
end;

create trigger visits_unsealed_when_added after insert on visits begin
    insert into unsealed values ('visit', new.id) on conflict do nothing;
end;
create trigger visits_unsealed_when_changed after update on visits begin
    insert into unsealed values ('visit', new.id) on conflict do nothing;
end;
create trigger segments_unsealed_when_added after insert on segments begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger segments_unsealed_when_changed after update on segments begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger signatures_unsealed_when_added after insert on signatures begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger signatures_unsealed_when_changed after update on signatures begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger unit_choices_unsealed_when_added after insert on unit_choices begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger unit_choices_unsealed_when_changed after update on unit_choices begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger unit_choices_unsealed_when_deleted after delete on unit_choices begin
    insert into unsealed values ('visit', old.visit_id) on conflict do nothing;
end;
create trigger long_reasons_unsealed_when_added after insert on long_reasons begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger long_reasons_unsealed_when_changed after update on long_reasons begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger long_reasons_unsealed_when_deleted after delete on long_reasons begin
    insert into unsealed values ('visit', old.visit_id) on conflict do nothing;
end;
create trigger visit_marks_unsealed_when_added after insert on visit_marks begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger visit_marks_unsealed_when_changed after update on visit_marks begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger plans_unsealed_when_added after insert on plans begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger plans_unsealed_when_changed after update on plans begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger pair_attestations_unsealed_when_added after insert on pair_attestations begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger pair_attestations_unsealed_when_changed after update on pair_attestations begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger necessity_attestations_unsealed_when_added after insert on necessity_attestations begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger necessity_attestations_unsealed_when_changed after update on necessity_attestations begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger skilled_parts_unsealed_when_added after insert on skilled_parts begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger skilled_parts_unsealed_when_changed after update on skilled_parts begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger chart_ticks_unsealed_when_added after insert on chart_ticks begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger chart_ticks_unsealed_when_changed after update on chart_ticks begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger visit_supervisors_unsealed_when_added after insert on visit_supervisors begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger visit_supervisors_unsealed_when_changed after update on visit_supervisors begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger signed_units_unsealed_when_added after insert on signed_units begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger signed_units_unsealed_when_changed after update on signed_units begin
    insert into unsealed values ('visit', new.visit_id) on conflict do nothing;
end;
create trigger goals_unsealed_when_added after insert on goals begin
    insert into unsealed values ('patient', new.patient) on conflict do nothing;
end;
create trigger goals_unsealed_when_changed after update on goals begin
    insert into unsealed values ('patient', new.patient) on conflict do nothing;
end;
create trigger charges_elsewhere_unsealed_when_added after insert on charges_elsewhere begin
    insert into unsealed values ('patient', new.patient) on conflict do nothing;
end;
create trigger charges_elsewhere_unsealed_when_changed after update on charges_elsewhere begin
    insert into unsealed values ('patient', new.patient) on conflict do nothing;
end;
create trigger clinicians_unsealed_when_added after insert on clinicians begin
    insert into unsealed values ('clinic', 'clinicians') on conflict do nothing;
end;
create trigger clinicians_unsealed_when_changed after update of name, credentials, discipline, role, npi, supervisor on clinicians begin
    insert into unsealed values ('clinic', 'clinicians') on conflict do nothing;
end;
create trigger clinicians_unsealed_when_deleted after delete on clinicians begin
    insert into unsealed values ('clinic', 'clinicians') on conflict do nothing;
end;
create trigger clinician_entries_unsealed_when_added after insert on clinician_entries begin
    insert into unsealed values ('clinic', 'clinician_entries') on conflict do nothing;
end;
create trigger clinician_entries_unsealed_when_changed after update on clinician_entries begin
    insert into unsealed values ('clinic', 'clinician_entries') on conflict do nothing;
end;
create trigger own_codes_unsealed_when_added after insert on own_codes begin
    insert into unsealed values ('clinic', 'own_codes') on conflict do nothing;
end;
create trigger own_codes_unsealed_when_changed after update on own_codes begin
    insert into unsealed values ('clinic', 'own_codes') on conflict do nothing;
end;
create trigger payers_unsealed_when_added after insert on payers begin
    insert into unsealed values ('clinic', 'payers') on conflict do nothing;
end;
create trigger payers_unsealed_when_changed after update on payers begin
    insert into unsealed values ('clinic', 'payers') on conflict do nothing;
end;
create trigger fees_unsealed_when_added after insert on fees begin
    insert into unsealed values ('clinic', 'fees') on conflict do nothing;
end;
create trigger fees_unsealed_when_changed after update on fees begin
    insert into unsealed values ('clinic', 'fees') on conflict do nothing;
end;
create trigger year_thresholds_unsealed_when_added after insert on year_thresholds begin
    insert into unsealed values ('clinic', 'year_thresholds') on conflict do nothing;
end;
create trigger year_thresholds_unsealed_when_changed after update on year_thresholds begin
    insert into unsealed values ('clinic', 'year_thresholds') on conflict do nothing;
end;
create trigger biller_layouts_unsealed_when_added after insert on biller_layouts begin
    insert into unsealed values ('clinic', 'biller_layouts') on conflict do nothing;
end;
create trigger biller_layouts_unsealed_when_changed after update on biller_layouts begin
    insert into unsealed values ('clinic', 'biller_layouts') on conflict do nothing;
end;
create trigger cms_editions_unsealed_when_added after insert on cms_editions begin
    insert into unsealed values ('clinic', 'cms_editions') on conflict do nothing;
end;
create trigger cms_editions_unsealed_when_changed after update on cms_editions begin
    insert into unsealed values ('clinic', 'cms_editions') on conflict do nothing;
end;
create trigger cms_files_unsealed_when_added after insert on cms_files begin
    insert into unsealed values ('clinic', 'cms_files') on conflict do nothing;
end;
create trigger cms_files_unsealed_when_changed after update on cms_files begin
    insert into unsealed values ('clinic', 'cms_files') on conflict do nothing;
end;

-- All rows of a visit, the withdrawn ones too, are read each time that it is sealed.
create index signatures_by_visit on signatures (visit_id);
create index visit_marks_by_visit on visit_marks (visit_id);
create index chart_ticks_by_visit on chart_ticks (visit_id);
create index visit_supervisors_by_visit on visit_supervisors (visit_id);
drop index signed_units_by_visit;
create index signed_units_by_visit on signed_units (visit_id);
