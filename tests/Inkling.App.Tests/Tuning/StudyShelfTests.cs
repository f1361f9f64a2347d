using Inkling.App.Running;
using Inkling.App.Studio.Studying;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class StudyShelfTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-shelf-").FullName;
    private readonly StudyShelf _shelf;

    public StudyShelfTests() => _shelf = new StudyShelf(new DataFolder(Path.Combine(_folder, "data")));

    [Fact]
    public void A_study_is_only_deleted_where_it_was_seen()
    {
        string first = Make("first.db", "mine"), second = Make("second.db", "yours");
        _shelf.Open(first);
        StudyRecord seen = Assert.Single(_shelf.List(out string? address));
        _shelf.Open(second);

        FailureException refused = Assert.Throws<FailureException>(() => _shelf.Delete(seen, address));
        Assert.Contains("another storage", refused.Message, StringComparison.Ordinal);
        Assert.Throws<FailureException>(() => _shelf.Delete(seen, second));
        Assert.Equal("yours", Assert.Single(_shelf.List()).Name);

        _shelf.Open(first);
        _shelf.Delete(seen, address);
        Assert.Empty(_shelf.List());
        Assert.Throws<FailureException>(() => _shelf.Delete(seen, address));
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made()
    {
        string file = Path.Combine(_folder, "none.db");
        Assert.Contains(file, Assert.Throws<FailureException>(() => _shelf.Open($"sqlite:{file}")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Null(_shelf.Address);
    }

    public void Dispose()
    {
        _shelf.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Make(string file, string study)
    {
        string address = $"sqlite:{Path.Combine(_folder, file)}";
        using IStudyStorage storage = StudyPlace.Open(address, new DataFolder(_folder));
        storage.CreateStudy(new StudySpecification(study, [Direction.Minimize], 1));
        return address;
    }
}
