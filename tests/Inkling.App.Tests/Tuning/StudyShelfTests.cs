using Inkling.App.Running;
using Inkling.App.Studio.Studying;
using Inkling.App.Studio.Studying.Plots;
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
    public void A_study_that_was_deleted_elsewhere_is_there_no_more()
    {
        string address = Make("gone.db", "gone");
        _shelf.Open(address);
        long id = Assert.Single(_shelf.List()).Id;
        using IStudyStorage storage = StudyPlace.Open(address, new DataFolder(_folder));
        using (Study study = Study.Open(storage, "gone")) study.Optimize(trial => trial.Float("x", 0, 1), 2);
        Assert.NotNull(_shelf.Facts(id));
        storage.DeleteStudy(id);
        Assert.Null(_shelf.Facts(id));
        Assert.Null(_shelf.Facts(id));
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made()
    {
        string file = Path.Combine(_folder, "none.db");
        Assert.Contains(file, Assert.Throws<FailureException>(() => _shelf.Open($"sqlite:{file}")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Null(_shelf.Address);
    }

    [Fact]
    public void What_a_study_says_is_worked_out_again_only_when_another_trial_is_complete()
    {
        string address = Make("costly.db", "costly");
        _shelf.Open(address);
        long id = Assert.Single(_shelf.List()).Id;
        using IStudyStorage storage = StudyPlace.Open(address, new DataFolder(_folder));
        using Study study = Study.Open(storage, "costly");
        study.Optimize(trial => trial.Float("x", 0, 1) + (0.1 * trial.Float("y", 0, 1)), 12);

        StudyFacts first = _shelf.Facts(id)!;
        Assert.Same(first, _shelf.Facts(id));
        Trial running = study.Ask();
        running.Report(1, 1);
        StudyFacts second = _shelf.Facts(id)!;
        Assert.Equal((12, 13), (first.All.Length, second.All.Length));
        Assert.Same(first.Importance, second.Importance);
        study.Tell(running, 0.5);
        StudyFacts third = _shelf.Facts(id)!;
        Assert.Equal(13, third.Complete.Length);
        Assert.NotSame(second.Importance, third.Importance);
        Assert.Null(_shelf.Facts(id + 1));

        _shelf.Open(Make("other.db", "other"));
        Assert.Equal("other", _shelf.Facts(id)!.Study.Name);
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
