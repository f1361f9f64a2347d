namespace Inkling.Tuning;

/// <summary>The steps by which the tables have come to be what they are. A step that has been published is never changed; changes are new steps.</summary>
internal static class SqliteMigrations
{
    // Times are microseconds since 1970; a value that is NULL in a report is NaN; lists of numbers have spaces between them.
    public static readonly string[] Steps =
    [
        """
        CREATE TABLE study (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, directions TEXT NOT NULL, seed INTEGER NOT NULL, attributes TEXT NOT NULL,
            created INTEGER NOT NULL, trials INTEGER NOT NULL, claim TEXT NOT NULL);
        CREATE TABLE trial (
            study INTEGER NOT NULL, number INTEGER NOT NULL, state INTEGER NOT NULL, attempt INTEGER NOT NULL, worker TEXT, claim TEXT,
            started INTEGER, finished INTEGER, heartbeat INTEGER, cost REAL NOT NULL, error TEXT, objectives TEXT NOT NULL, violations TEXT NOT NULL,
            parameters TEXT NOT NULL, fixed TEXT NOT NULL, attributes TEXT NOT NULL, change INTEGER NOT NULL,
            PRIMARY KEY (study, number)) WITHOUT ROWID;
        CREATE INDEX trial_change ON trial (study, change);
        CREATE INDEX trial_open ON trial (study, state, number) WHERE state IN (0, 4);
        CREATE TABLE report (
            study INTEGER NOT NULL, number INTEGER NOT NULL, step INTEGER NOT NULL, value REAL,
            PRIMARY KEY (study, number, step)) WITHOUT ROWID;
        """,
    ];
}
