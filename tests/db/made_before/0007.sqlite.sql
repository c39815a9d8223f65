CREATE TABLE layer_counties (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  code VARCHAR NOT NULL,
  county_code VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  population INTEGER,
  households INTEGER,
  boundary_quality VARCHAR NOT NULL,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE layer_townships (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  code VARCHAR NOT NULL,
  county_code VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  population INTEGER,
  households INTEGER,
  boundary_quality VARCHAR NOT NULL,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE layer_roads (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  speed_kph FLOAT,
  closed BOOLEAN NOT NULL,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE layer_coal_routes (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  speed_kph FLOAT,
  closed BOOLEAN NOT NULL,
  facility_id VARCHAR,
  source_facility_id VARCHAR,
  tonnes_per_day FLOAT,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_coal_routes_source_facility_id ON layer_coal_routes (source_facility_id);

CREATE INDEX ix_layer_coal_routes_facility_id ON layer_coal_routes (facility_id);

CREATE TABLE layer_network_lines (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  network VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  from_node VARCHAR NOT NULL,
  to_node VARCHAR NOT NULL,
  in_service BOOLEAN NOT NULL,
  voltage_kv FLOAT,
  diameter_mm FLOAT,
  capacity FLOAT,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_network_lines_from_node ON layer_network_lines (from_node);

CREATE INDEX ix_layer_network_lines_to_node ON layer_network_lines (to_node);

CREATE TABLE layer_network_nodes (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  network VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  normally_open BOOLEAN NOT NULL,
  in_service BOOLEAN NOT NULL,
  demand_kw FLOAT,
  demand_m3_per_h FLOAT,
  customers INTEGER,
  population INTEGER,
  vulnerable_people INTEGER,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE layer_sites (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  capacity FLOAT,
  cost FLOAT,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE layer_facilities (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  category VARCHAR NOT NULL,
  restricted BOOLEAN NOT NULL,
  people INTEGER,
  source_node VARCHAR,
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_facilities_source_node ON layer_facilities (source_node);

CREATE TABLE layer_supplies (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  facility_id VARCHAR NOT NULL,
  commodity VARCHAR NOT NULL,
  node_id VARCHAR,
  reserve_hours FLOAT,
  required BOOLEAN NOT NULL,
  demand FLOAT,
  substitutes_for VARCHAR,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_supplies_facility_id ON layer_supplies (facility_id);

CREATE INDEX ix_layer_supplies_node_id ON layer_supplies (node_id);

CREATE TABLE data_versions (
  sequence INTEGER NOT NULL,
  digest VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  PRIMARY KEY (sequence)
);

CREATE TABLE people (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  display_name VARCHAR NOT NULL,
  password_hash VARCHAR,
  oidc_subject VARCHAR,
  active BOOLEAN DEFAULT 1 NOT NULL,
  demo BOOLEAN DEFAULT 0 NOT NULL,
  created_at VARCHAR NOT NULL,
  failed_attempts INTEGER DEFAULT '0' NOT NULL,
  locked_until VARCHAR,
  CONSTRAINT pk_people PRIMARY KEY (id),
  CONSTRAINT uq_people_name UNIQUE (name),
  CONSTRAINT uq_people_oidc_subject UNIQUE (oidc_subject)
);

CREATE TABLE account_events (
  number INTEGER NOT NULL,
  at VARCHAR NOT NULL,
  actor_id VARCHAR,
  actor_name VARCHAR NOT NULL,
  action VARCHAR NOT NULL,
  subject_id VARCHAR,
  subject_name VARCHAR NOT NULL,
  detail VARCHAR NOT NULL,
  CONSTRAINT pk_account_events PRIMARY KEY (number)
);

CREATE INDEX ix_account_events_subject_id ON account_events (subject_id);

CREATE TABLE incidents (
  id VARCHAR NOT NULL,
  "plan" VARCHAR NOT NULL,
  drill BOOLEAN NOT NULL,
  name VARCHAR NOT NULL,
  opened_at VARCHAR NOT NULL,
  opened_by VARCHAR NOT NULL,
  length INTEGER NOT NULL,
  last_hash VARCHAR NOT NULL,
  CONSTRAINT pk_incidents PRIMARY KEY (id)
);

CREATE TABLE identities (
  issuer VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  person_id VARCHAR NOT NULL,
  linked_at VARCHAR NOT NULL,
  CONSTRAINT pk_identities PRIMARY KEY (issuer, subject),
  CONSTRAINT fk_identities_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_identities_person_id ON identities (person_id);

CREATE TABLE grants (
  person_id VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  "plan" VARCHAR DEFAULT '' NOT NULL,
  granted_by VARCHAR NOT NULL,
  granted_at VARCHAR NOT NULL,
  CONSTRAINT pk_grants PRIMARY KEY (person_id, role, "plan"),
  CONSTRAINT fk_grants_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE TABLE sessions (
  token_hash VARCHAR NOT NULL,
  person_id VARCHAR NOT NULL,
  csrf VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  last_seen_at VARCHAR NOT NULL,
  expires_at VARCHAR NOT NULL,
  address VARCHAR NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token_hash),
  CONSTRAINT fk_sessions_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);

CREATE INDEX ix_sessions_person_id ON sessions (person_id);

CREATE TABLE api_tokens (
  id VARCHAR NOT NULL,
  person_id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  prefix VARCHAR NOT NULL,
  token_hash VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  last_used_at VARCHAR,
  revoked_at VARCHAR,
  CONSTRAINT pk_api_tokens PRIMARY KEY (id),
  CONSTRAINT fk_api_tokens_person_id FOREIGN KEY(person_id) REFERENCES people (id),
  CONSTRAINT uq_api_tokens_token_hash UNIQUE (token_hash)
);

CREATE INDEX ix_api_tokens_person_id ON api_tokens (person_id);

CREATE TABLE invitations (
  token_hash VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  expires_at VARCHAR NOT NULL,
  used_at VARCHAR,
  used_by VARCHAR,
  "plan" VARCHAR DEFAULT '' NOT NULL,
  display_name VARCHAR DEFAULT '' NOT NULL,
  CONSTRAINT pk_invitations PRIMARY KEY (token_hash),
  CONSTRAINT fk_invitations_used_by FOREIGN KEY(used_by) REFERENCES people (id)
);

CREATE TABLE password_links (
  token_hash VARCHAR NOT NULL,
  person_id VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  expires_at VARCHAR NOT NULL,
  CONSTRAINT pk_password_links PRIMARY KEY (token_hash),
  CONSTRAINT fk_password_links_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_password_links_person_id ON password_links (person_id);

CREATE TABLE entries (
  incident_id VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  happened_at VARCHAR NOT NULL,
  happened_utc VARCHAR NOT NULL,
  written_at VARCHAR NOT NULL,
  author_id VARCHAR NOT NULL,
  author_name VARCHAR NOT NULL,
  clause VARCHAR,
  body VARCHAR NOT NULL,
  client_key VARCHAR,
  previous_hash VARCHAR NOT NULL,
  hash VARCHAR NOT NULL,
  CONSTRAINT pk_entries PRIMARY KEY (incident_id, number),
  CONSTRAINT uq_entries_incident_id_client_key UNIQUE (incident_id, client_key),
  CONSTRAINT fk_entries_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);

CREATE INDEX ix_entries_happened_utc ON entries (incident_id, happened_utc);

CREATE TABLE warnings (
  id VARCHAR NOT NULL,
  incident_id VARCHAR NOT NULL,
  "plan" VARCHAR NOT NULL,
  drill BOOLEAN NOT NULL,
  created_at VARCHAR NOT NULL,
  created_by VARCHAR NOT NULL,
  length INTEGER NOT NULL,
  updated_at VARCHAR NOT NULL,
  CONSTRAINT pk_warnings PRIMARY KEY (id),
  CONSTRAINT fk_warnings_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);

CREATE INDEX ix_warnings_incident_id ON warnings (incident_id);

CREATE TABLE warning_steps (
  warning_id VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  at VARCHAR NOT NULL,
  author_id VARCHAR NOT NULL,
  author_name VARCHAR NOT NULL,
  client_key VARCHAR,
  body VARCHAR NOT NULL,
  CONSTRAINT pk_warning_steps PRIMARY KEY (warning_id, number),
  CONSTRAINT uq_warning_steps_warning_id_client_key UNIQUE (warning_id, client_key),
  CONSTRAINT fk_warning_steps_warning_id FOREIGN KEY(warning_id) REFERENCES warnings (id)
);

CREATE TABLE warning_messages (
  identifier VARCHAR NOT NULL,
  serial INTEGER NOT NULL,
  warning_id VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  type VARCHAR NOT NULL,
  sent VARCHAR NOT NULL,
  expires_at VARCHAR NOT NULL,
  drill BOOLEAN NOT NULL,
  xml VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  CONSTRAINT pk_warning_messages PRIMARY KEY (identifier),
  CONSTRAINT uq_warning_messages_serial UNIQUE (serial),
  CONSTRAINT fk_warning_messages_warning_id FOREIGN KEY(warning_id) REFERENCES warnings (id)
);

CREATE INDEX ix_warning_messages_warning_id ON warning_messages (warning_id);

CREATE INDEX ix_warning_messages_expires_at ON warning_messages (expires_at);

CREATE TABLE deliveries (
  id VARCHAR NOT NULL,
  message VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  audience VARCHAR NOT NULL,
  recipient_key VARCHAR NOT NULL,
  recipient_name VARCHAR NOT NULL,
  address VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  attempts INTEGER DEFAULT '0' NOT NULL,
  updated_at VARCHAR NOT NULL,
  detail VARCHAR,
  "by" VARCHAR,
  CONSTRAINT pk_deliveries PRIMARY KEY (id),
  CONSTRAINT uq_deliveries_message_channel_recipient_key_address UNIQUE (message, channel, recipient_key, address),
  CONSTRAINT fk_deliveries_message FOREIGN KEY(message) REFERENCES warning_messages (identifier)
);

CREATE INDEX ix_deliveries_state ON deliveries (state);

CREATE TABLE layer_contacts (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  facility_id VARCHAR,
  township_code VARCHAR,
  unit VARCHAR,
  role VARCHAR,
  person VARCHAR,
  phone VARCHAR,
  email VARCHAR,
  restricted BOOLEAN NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_contacts_facility_id ON layer_contacts (facility_id);
