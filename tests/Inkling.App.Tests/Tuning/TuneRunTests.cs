using Inkling.App.Running;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class TuneRunTests
{
    private static StudySpecification Specify(string name) => new(name, [Direction.Minimize], 1);

    [Fact]
    public void A_study_without_a_name_finds_one_that_is_free_and_a_given_name_is_kept_to()
    {
        using var storage = new MemoryStorage();
        string[] names = [.. Enumerable.Range(0, 3).Select(_ => TuneRun.Create(storage, null, "echo-20261126-101112", Specify).Name)];
        Assert.Equal(["echo-20261126-101112", "echo-20261126-101112-2", "echo-20261126-101112-3"], names);

        Assert.Equal("mine", TuneRun.Create(storage, "mine", "echo", Specify).Name);
        FailureException refused = Assert.Throws<FailureException>(() => TuneRun.Create(storage, "mine", "echo", Specify));
        Assert.Contains("--study mine", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, storage.ListStudies().Count);
    }
}
