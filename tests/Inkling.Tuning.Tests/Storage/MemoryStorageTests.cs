namespace Inkling.Tuning.Tests;

public sealed class MemoryStorageTests : StudyStorageContract
{
    private readonly MemoryStorage _storage = new();

    protected override IStudyStorage Connect() => _storage;
}
