import type Database from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/**
 * Kysely's SQLite dialect with three changes for a database that several processes write and that may hit a
 * full disk at any statement:
 * - transactions begin IMMEDIATE: a deferred one that reads first fails at once with SQLITE_BUSY_SNAPSHOT,
 *   whatever the busy timeout, when another process wrote in between (https://sqlite.org/isolation.html);
 * - migrations run in a transaction, which SQLite can do and Kysely switches off;
 * - every error passes through `mapError`, and a rollback that SQLite already made is not made again, so that
 *   the error the caller sees is the first one (https://sqlite.org/lang_transaction.html, section 3.2).
 */
export function storeDialect(database: Database.Database, mapError: (error: unknown) => Error): Dialect {
  return {
    createDriver: () => new StoreDriver(database, mapError),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class StoreDriver extends SqliteDriver implements Driver {
  readonly #database: Database.Database;
  readonly #mapError: (error: unknown) => Error;

  constructor(database: Database.Database, mapError: (error: unknown) => Error) {
    super({ database });
    this.#database = database;
    this.#mapError = mapError;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await super.acquireConnection();
    return {
      executeQuery: async <R>(query: CompiledQuery) => {
        try {
          return await inner.executeQuery<R>(query);
        } catch (error) {
          throw this.#mapError(error);
        }
      },
      streamQuery: <R>(query: CompiledQuery, chunkSize?: number) =>
        inner.streamQuery<R>(query, chunkSize ?? 1),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
  }
}
