-- What goes with a line by a person's word: who assisted, attested pairs, medical necessity, fees.

alter table segments add column assisted_by text not null default '';
