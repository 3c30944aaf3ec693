/**
 * Tables and views of contacts2.db as ContactsProvider makes them (AOSP ContactsDatabaseHelper.java,
 * version 1701), as far as contacts, their data and the look-up by number need. Android sorts the sort
 * keys by its own collation PHONEBOOK, which no other SQLite has; NOCASE stands in for it.
 */
const SCHEMA_VERSION = 1701;

const dataColumns = Array.from({ length: 15 }, (_, i) => `data${i + 1}`);
const syncColumns = ["sync1", "sync2", "sync3", "sync4"];

function columns(table: string, names: readonly string[]): string {
  return names.map((name) => `${table}.${name} AS ${name}`).join(", ");
}

const contactNameColumns = columns("name_raw_contact", [
  "display_name_source",
  "display_name",
  "display_name_alt",
  "phonetic_name",
  "phonetic_name_style",
  "sort_key",
  "phonebook_label",
  "phonebook_bucket",
  "sort_key_alt",
  "phonebook_label_alt",
  "phonebook_bucket_alt",
]);

const contactColumns = columns("contacts", [
  "name_raw_contact_id",
  "photo_id",
  "photo_file_id",
  "has_phone_number",
  "lookup",
  "contact_last_updated_timestamp",
  "custom_ringtone",
  "send_to_voicemail",
  "starred",
  "pinned",
]);

const rawContactNames = `
  display_name TEXT,
  display_name_alt TEXT,
  display_name_source INTEGER NOT NULL DEFAULT 0,
  phonetic_name TEXT,
  phonetic_name_style TEXT,
  sort_key TEXT COLLATE NOCASE,
  phonebook_label TEXT,
  phonebook_bucket INTEGER,
  sort_key_alt TEXT COLLATE NOCASE,
  phonebook_label_alt TEXT,
  phonebook_bucket_alt INTEGER`;

export const SCHEMA = `
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE accounts (
  _id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_name TEXT,
  account_type TEXT,
  data_set TEXT,
  sim_slot_index INTEGER,
  sim_ef_type INTEGER,
  ungrouped_visible INTEGER NOT NULL DEFAULT 0,
  should_sync INTEGER NOT NULL DEFAULT 1,
  x_is_default INTEGER NOT NULL DEFAULT 0);
CREATE TABLE contacts (
  _id INTEGER PRIMARY KEY AUTOINCREMENT,
  name_raw_contact_id INTEGER REFERENCES raw_contacts(_id),
  photo_id INTEGER REFERENCES data(_id),
  photo_file_id INTEGER REFERENCES photo_files(_id),
  custom_ringtone TEXT,
  send_to_voicemail INTEGER NOT NULL DEFAULT 0,
  x_times_contacted INTEGER NOT NULL DEFAULT 0,
  x_last_time_contacted INTEGER,
  times_contacted INTEGER NOT NULL DEFAULT 0,
  last_time_contacted INTEGER,
  starred INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  has_phone_number INTEGER NOT NULL DEFAULT 0,
  lookup TEXT,
  status_update_id INTEGER REFERENCES data(_id),
  contact_last_updated_timestamp INTEGER);
CREATE INDEX contacts_has_phone_index ON contacts (has_phone_number);
CREATE INDEX contacts_name_raw_contact_id_index ON contacts (name_raw_contact_id);
CREATE TABLE deleted_contacts (
  contact_id INTEGER PRIMARY KEY,
  contact_deleted_timestamp INTEGER NOT NULL default 0);
CREATE TABLE raw_contacts (
  _id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES accounts(_id),
  sourceid TEXT,
  backup_id TEXT,
  raw_contact_is_read_only INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  dirty INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  metadata_dirty INTEGER NOT NULL DEFAULT 0,
  contact_id INTEGER REFERENCES contacts(_id),
  aggregation_mode INTEGER NOT NULL DEFAULT 0,
  aggregation_needed INTEGER NOT NULL DEFAULT 1,
  custom_ringtone TEXT,
  send_to_voicemail INTEGER NOT NULL DEFAULT 0,
  x_times_contacted INTEGER NOT NULL DEFAULT 0,
  x_last_time_contacted INTEGER,
  times_contacted INTEGER NOT NULL DEFAULT 0,
  last_time_contacted INTEGER,
  starred INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,${rawContactNames},
  name_verified INTEGER NOT NULL DEFAULT 0,
  ${syncColumns.map((name) => `${name} TEXT`).join(", ")});
CREATE INDEX raw_contacts_contact_id_index ON raw_contacts (contact_id);
CREATE TABLE packages (_id INTEGER PRIMARY KEY AUTOINCREMENT, package TEXT NOT NULL);
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype TEXT NOT NULL);
CREATE UNIQUE INDEX mime_type ON mimetypes (mimetype);
CREATE TABLE data (
  _id INTEGER PRIMARY KEY AUTOINCREMENT,
  package_id INTEGER REFERENCES package(_id),
  mimetype_id INTEGER REFERENCES mimetype(_id) NOT NULL,
  raw_contact_id INTEGER REFERENCES raw_contacts(_id) NOT NULL,
  hash_id TEXT,
  is_read_only INTEGER NOT NULL DEFAULT 0,
  is_primary INTEGER NOT NULL DEFAULT 0,
  is_super_primary INTEGER NOT NULL DEFAULT 0,
  data_version INTEGER NOT NULL DEFAULT 0,
  ${dataColumns.map((name) => `${name} TEXT`).join(", ")},
  ${syncColumns.map((name) => `data_${name} TEXT`).join(", ")},
  carrier_presence INTEGER NOT NULL DEFAULT 0,
  is_preferred_phone_account_migration_pending INTEGER NOT NULL DEFAULT 0,
  preferred_phone_account_component_name TEXT,
  preferred_phone_account_id TEXT);
CREATE INDEX data_raw_contact_id ON data (raw_contact_id);
CREATE INDEX data_mimetype_data1_index ON data (mimetype_id, data1);
CREATE TABLE phone_lookup (
  data_id INTEGER REFERENCES data(_id) NOT NULL,
  raw_contact_id INTEGER REFERENCES raw_contacts(_id) NOT NULL,
  normalized_number TEXT NOT NULL,
  min_match TEXT NOT NULL);
CREATE INDEX phone_lookup_index ON phone_lookup (normalized_number, raw_contact_id, data_id);
CREATE INDEX phone_lookup_min_match_index ON phone_lookup (min_match, raw_contact_id, data_id);
CREATE TABLE visible_contacts (_id INTEGER PRIMARY KEY);
CREATE TABLE default_directory (_id INTEGER PRIMARY KEY);
CREATE VIEW view_raw_contacts AS
  SELECT ${columns("raw_contacts", [
    "_id",
    "contact_id",
    "aggregation_mode",
    "raw_contact_is_read_only",
    "deleted",
    "display_name_source",
    "display_name",
    "display_name_alt",
    "phonetic_name",
    "phonetic_name_style",
    "sort_key",
    "phonebook_label",
    "sort_key_alt",
    "custom_ringtone",
    "send_to_voicemail",
    "starred",
    "pinned",
    "account_id",
    "sourceid",
    "version",
    "dirty",
    ...syncColumns,
  ])}, accounts.account_name AS account_name, accounts.account_type AS account_type,
    accounts.data_set AS data_set
  FROM raw_contacts JOIN accounts ON (raw_contacts.account_id = accounts._id);
CREATE VIEW view_contacts AS
  SELECT contacts._id AS _id, ${contactNameColumns}, ${contactColumns},
    0 AS last_time_contacted, 0 AS times_contacted, 1 AS in_visible_group
  FROM contacts JOIN raw_contacts AS name_raw_contact ON (name_raw_contact_id = name_raw_contact._id);
CREATE VIEW view_data AS
  SELECT data._id AS _id, data.hash_id AS hash_id, data.raw_contact_id AS raw_contact_id,
    raw_contacts.contact_id AS contact_id, accounts.account_name AS account_name,
    accounts.account_type AS account_type, accounts.data_set AS data_set,
    data.is_primary AS is_primary, data.is_super_primary AS is_super_primary,
    data.data_version AS data_version, packages.package AS res_package, mimetypes.mimetype AS mimetype,
    ${columns("data", dataColumns)}, ${contactColumns}, ${contactNameColumns}
  FROM data
    JOIN mimetypes ON (data.mimetype_id = mimetypes._id)
    JOIN raw_contacts ON (data.raw_contact_id = raw_contacts._id)
    JOIN accounts ON (raw_contacts.account_id = accounts._id)
    JOIN contacts ON (raw_contacts.contact_id = contacts._id)
    JOIN raw_contacts AS name_raw_contact ON (contacts.name_raw_contact_id = name_raw_contact._id)
    LEFT OUTER JOIN packages ON (data.package_id = packages._id);
CREATE VIEW view_v1_people AS
  SELECT raw_contacts._id AS _id, raw_contacts.display_name AS name,
    raw_contacts.display_name AS display_name, raw_contacts.phonetic_name AS phonetic_name,
    raw_contacts.starred AS starred, 0 AS times_contacted, 0 AS last_time_contacted,
    raw_contacts.custom_ringtone AS custom_ringtone, raw_contacts.send_to_voicemail AS send_to_voicemail
  FROM raw_contacts WHERE raw_contacts.deleted = 0;
CREATE VIEW view_v1_phones AS
  SELECT DISTINCT data._id AS _id, data.raw_contact_id AS person, data.is_primary AS isprimary,
    data.data1 AS number, data.data2 AS type, data.data3 AS label, phone_lookup.min_match AS number_key,
    raw_contacts.display_name AS name, raw_contacts.display_name AS display_name,
    raw_contacts.phonetic_name AS phonetic_name, raw_contacts.starred AS starred,
    0 AS times_contacted, 0 AS last_time_contacted,
    raw_contacts.custom_ringtone AS custom_ringtone, raw_contacts.send_to_voicemail AS send_to_voicemail
  FROM data
    JOIN phone_lookup ON (data._id = phone_lookup.data_id)
    JOIN mimetypes ON (data.mimetype_id = mimetypes._id)
    JOIN raw_contacts ON (data.raw_contact_id = raw_contacts._id)
  WHERE mimetypes.mimetype = 'vnd.android.cursor.item/phone_v2' AND raw_contacts.deleted = 0;
CREATE VIEW view_phone_lookup AS
  SELECT contacts._id AS _id, contacts._id AS contact_id, data._id AS data_id, contacts.lookup AS lookup,
    name_raw_contact.display_name AS display_name, contacts.starred AS starred,
    contacts.has_phone_number AS has_phone_number, contacts.custom_ringtone AS custom_ringtone,
    contacts.photo_id AS photo_id, data.data1 AS number, data.data2 AS type, data.data3 AS label,
    phone_lookup.normalized_number AS normalized_number, phone_lookup.min_match AS min_match
  FROM phone_lookup
    JOIN data ON (phone_lookup.data_id = data._id)
    JOIN raw_contacts ON (phone_lookup.raw_contact_id = raw_contacts._id)
    JOIN contacts ON (raw_contacts.contact_id = contacts._id)
    JOIN raw_contacts AS name_raw_contact ON (contacts.name_raw_contact_id = name_raw_contact._id);
PRAGMA user_version = ${SCHEMA_VERSION};
`;
