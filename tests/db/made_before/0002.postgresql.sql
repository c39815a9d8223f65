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
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_counties_geometry ON layer_counties USING gist (geometry);

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
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_townships_geometry ON layer_townships USING gist (geometry);

CREATE TABLE layer_roads (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  speed_kph FLOAT,
  closed BOOLEAN NOT NULL,
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_roads_geometry ON layer_roads USING gist (geometry);

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
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_coal_routes_geometry ON layer_coal_routes USING gist (geometry);

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
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_network_lines_to_node ON layer_network_lines (to_node);

CREATE INDEX ix_layer_network_lines_from_node ON layer_network_lines (from_node);

CREATE INDEX ix_layer_network_lines_geometry ON layer_network_lines USING gist (geometry);

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
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_network_nodes_geometry ON layer_network_nodes USING gist (geometry);

CREATE TABLE layer_sites (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  capacity FLOAT,
  cost FLOAT,
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_sites_geometry ON layer_sites USING gist (geometry);

CREATE TABLE layer_facilities (
  id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  provenance VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  category VARCHAR NOT NULL,
  restricted BOOLEAN NOT NULL,
  people INTEGER,
  source_node VARCHAR,
  geometry geometry(GEOMETRY,4490) NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_layer_facilities_source_node ON layer_facilities (source_node);

CREATE INDEX ix_layer_facilities_geometry ON layer_facilities USING gist (geometry);

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
