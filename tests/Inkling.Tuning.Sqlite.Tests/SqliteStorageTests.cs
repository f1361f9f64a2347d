namespace Inkling.Tuning.Tests;

public sealed class SqliteStorageTests : StudyStorageContract
{
    private readonly TemporaryFolder _folder = new();

    protected override IStudyStorage Connect() => new SqliteStorage(_folder.File("studies.db"));

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
