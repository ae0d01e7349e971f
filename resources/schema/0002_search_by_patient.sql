-- Patient ids by how they begin, whatever their capitals: the search of the history.

create index visits_by_patient on visits (patient collate nocase);
