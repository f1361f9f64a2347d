namespace Inkling.Tuning;

/// <summary>The steps by which the tables have come to be what they are. A step that has been published is never changed; changes are new steps.</summary>
internal static class PostgresMigrations
{
    // Times are microseconds since 1970; a value that is NULL in a report is NaN; lists of numbers have spaces between them.
    public static readonly string[] Steps =
    [
        """
        CREATE TABLE study (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, directions text NOT NULL, seed bigint NOT NULL, attributes jsonb NOT NULL,
            created bigint NOT NULL, trials bigint NOT NULL, claim text NOT NULL);
        CREATE TABLE trial (
            study bigint NOT NULL, number bigint NOT NULL, state bigint NOT NULL, attempt bigint NOT NULL, worker text, claim text,
            started bigint, finished bigint, heartbeat bigint, cost double precision NOT NULL, error text, objectives text NOT NULL, violations text NOT NULL,
            parameters jsonb NOT NULL, fixed jsonb NOT NULL, attributes jsonb NOT NULL, change bigint NOT NULL,
            PRIMARY KEY (study, number));
        CREATE INDEX trial_change ON trial (study, change);
        CREATE INDEX trial_open ON trial (study, state, number) WHERE state IN (0, 4);
        CREATE TABLE report (
            study bigint NOT NULL, number bigint NOT NULL, step bigint NOT NULL, value double precision,
            PRIMARY KEY (study, number, step));
        """,
    ];
}
