namespace Inkling.Tuning.Tests;

// One after the other: what has changed since a stamp is known by transactions, which tests beside would make others look changed too.
[Collection("one at a time")]
public sealed class PostgresStorageTests(PostgresServer server) : StudyStorageContract
{
    private string? _address;

    protected override IStudyStorage Connect() => new PostgresStorage(_address ??= server.NewDataBase());
}
