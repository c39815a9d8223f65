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
  geometry BLOB NOT NULL,
  PRIMARY KEY (id)
);

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
