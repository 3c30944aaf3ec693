/**
 * Tables and triggers of mmssms.db for text messages, as TelephonyProvider makes them (AOSP
 * MmsSmsDatabaseHelper.java, version 69). The triggers keep a thread's date, snippet, count and read mark;
 * they differ from Android's in taking the date from the message instead of SQLite's own clock, which
 * is not the device's, and in leaving out multimedia messages.
 */
const SCHEMA_VERSION = 69;

const countOf = (row: "new" | "old"): string => `
  UPDATE threads SET message_count =
    (SELECT COUNT(sms._id) FROM sms WHERE thread_id = ${row}.thread_id AND sms.type != 3)
  WHERE threads._id = ${row}.thread_id;`;

const readMark = `
  UPDATE threads SET read =
    CASE (SELECT COUNT(*) FROM sms WHERE read = 0 AND thread_id = threads._id) WHEN 0 THEN 1 ELSE 0 END
  WHERE threads._id = new.thread_id;`;

const newest = `
  UPDATE threads SET date = new.date, snippet = new.body, snippet_cs = 0
  WHERE threads._id = new.thread_id;${countOf("new")}${readMark}`;

export const SCHEMA = `
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE sms (
  _id INTEGER PRIMARY KEY,
  thread_id INTEGER,
  address TEXT,
  person INTEGER,
  date INTEGER,
  date_sent INTEGER DEFAULT 0,
  protocol INTEGER,
  read INTEGER DEFAULT 0,
  status INTEGER DEFAULT -1,
  type INTEGER,
  reply_path_present INTEGER,
  subject TEXT,
  body TEXT,
  service_center TEXT,
  locked INTEGER DEFAULT 0,
  sub_id INTEGER DEFAULT -1,
  error_code INTEGER DEFAULT -1,
  creator TEXT,
  seen INTEGER DEFAULT 0);
CREATE INDEX typeThreadIdIndex ON sms (type, thread_id);
CREATE INDEX threadIdDateIndex ON sms (thread_id, date);
CREATE TABLE canonical_addresses (
  _id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT,
  sub_id INTEGER DEFAULT -1);
CREATE TABLE threads (
  _id INTEGER PRIMARY KEY AUTOINCREMENT,
  date INTEGER DEFAULT 0,
  message_count INTEGER DEFAULT 0,
  recipient_ids TEXT,
  snippet TEXT,
  snippet_cs INTEGER DEFAULT 0,
  read INTEGER DEFAULT 1,
  archived INTEGER DEFAULT 0,
  type INTEGER DEFAULT 0,
  error INTEGER DEFAULT 0,
  has_attachment INTEGER DEFAULT 0,
  sub_id INTEGER DEFAULT -1);
CREATE TRIGGER sms_update_thread_on_insert AFTER INSERT ON sms BEGIN ${newest} END;
CREATE TRIGGER sms_update_thread_date_subject_on_update AFTER UPDATE OF date, body, type ON sms
BEGIN ${newest} END;
CREATE TRIGGER sms_update_thread_read_on_update AFTER UPDATE OF read ON sms BEGIN ${readMark} END;
CREATE TRIGGER sms_update_thread_on_delete AFTER DELETE ON sms BEGIN
  UPDATE threads SET
    date = COALESCE((SELECT MAX(date) FROM sms WHERE thread_id = old.thread_id), date),
    snippet = (SELECT body FROM sms WHERE thread_id = old.thread_id ORDER BY date DESC, _id DESC LIMIT 1)
  WHERE threads._id = old.thread_id;${countOf("old")} END;
CREATE TRIGGER update_threads_error_on_update_sms AFTER UPDATE OF type ON sms
WHEN (OLD.type != 5 AND NEW.type = 5) OR (OLD.type = 5 AND NEW.type != 5)
BEGIN
  UPDATE threads SET error = CASE WHEN NEW.type = 5 THEN error + 1 ELSE error - 1 END
  WHERE _id = NEW.thread_id;
END;
CREATE VIEW sms_restricted AS SELECT * FROM sms WHERE type = 1 OR type = 2;
CREATE VIEW view_conversations AS
  SELECT thread_id, (SELECT COUNT(*) FROM sms AS other WHERE other.thread_id = sms.thread_id) AS msg_count,
    body AS snippet, date
  FROM sms WHERE _id = (
    SELECT newest._id FROM sms AS newest WHERE newest.thread_id = sms.thread_id
    ORDER BY newest.date DESC, newest._id DESC LIMIT 1);
PRAGMA user_version = ${SCHEMA_VERSION};
`;
