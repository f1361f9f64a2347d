using System.Collections.Immutable;

namespace Inkling.Tuning.Tests;

/// <summary>
/// What every storage does. A test project of a storage links this file and inherits from the class
/// (<c>&lt;Compile Include="../Inkling.Tuning.Tests/Storage/StudyStorageContract*.cs" /&gt;</c>).
/// </summary>
public abstract partial class StudyStorageContract : IDisposable
{
    private IStudyStorage? _storage;

    /// <summary>Another connection to the storage of this test, which is empty when the test begins: what one writes the others see.</summary>
    protected abstract IStudyStorage Connect();

    private IStudyStorage Storage => _storage ??= Connect();

    private static StudySpecification Named(string name) => new(name, [Direction.Minimize], 7);

    private long NewStudy(string name = "study") => Storage.CreateStudy(Named(name)).Id;

    private (TrialRecord Trial, TrialKey Key) Start(long study, string worker = "a")
    {
        TrialRecord trial = Storage.StartTrial(study, new TrialStart(worker))!;
        return (trial, new TrialKey(study, trial.Number, trial.Attempt));
    }

    private TrialRecord Read(TrialKey key) => Storage.ReadTrial(key.Study, key.Number)!;

    [Fact]
    public void A_study_keeps_its_specification()
    {
        var specification = new StudySpecification("änderung 'x'; --", [Direction.Maximize, Direction.Minimize], ulong.MaxValue - 3) { Attributes = TrialRecord.NoTexts.Add("command", "train {lr}\n") };
        long id = Storage.CreateStudy(specification).Id;

        using IStudyStorage other = Connect();
        StudyRecord found = other.FindStudy(specification.Name)!;
        Assert.Equal(id, found.Id);
        Assert.Equal(specification.Directions, found.Specification.Directions);
        Assert.Equal(specification.Seed, found.Specification.Seed);
        Assert.Equal(specification.Attributes, found.Specification.Attributes);
        Assert.Equal(0, found.TrialCount);
    }

    [Fact]
    public void Two_studies_of_one_name_are_an_error_that_names_it()
    {
        NewStudy("tone");
        Assert.Contains("\"tone\"", Assert.Throws<StudyExistsException>(() => Storage.CreateStudy(Named("tone"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Storage.CreateStudy(Named(" ")));
        Assert.Throws<ArgumentException>(() => Storage.CreateStudy(new StudySpecification("none", [], 1)));
        Assert.Single(Storage.ListStudies());
    }

    [Fact]
    public void Studies_are_listed_in_order_and_counted_and_deleted()
    {
        long first = NewStudy("b"), second = NewStudy("a");
        Start(second);
        Start(second);
        Assert.Equal([("b", 0), ("a", 2)], Storage.ListStudies().Select(study => (study.Name, study.TrialCount)));

        Storage.DeleteStudy(second);
        Storage.DeleteStudy(second);
        Assert.Equal([first], Storage.ListStudies().Select(study => study.Id));
        Assert.Null(Storage.FindStudy("a"));
        Assert.Throws<StudyNotFoundException>(() => Storage.StartTrial(second, new TrialStart("a")));
        Assert.Throws<StudyNotFoundException>(() => Storage.ReadTrials(second));
    }

    [Fact]
    public void A_studys_attributes_can_change()
    {
        long study = NewStudy();
        Storage.SetStudyAttribute(study, "x", "1");
        Storage.SetStudyAttribute(study, "y", "2");
        Storage.SetStudyAttribute(study, "x", "3");
        Assert.Equal("x=3 y=2", string.Join(' ', Storage.FindStudy("study")!.Specification.Attributes.Select(one => $"{one.Key}={one.Value}")));
    }

    [Fact]
    public void Trials_are_numbered_from_0_and_begin_running()
    {
        long study = NewStudy();
        (TrialRecord first, _) = Start(study, "a");
        (TrialRecord second, TrialKey key) = Start(study, "b");

        Assert.Equal((0, 1), (first.Number, second.Number));
        TrialRecord read = Read(key);
        Assert.Equal((TrialState.Running, "b", 1), (read.State, read.Worker, read.Attempt));
        Assert.NotNull(read.Started);
        Assert.NotNull(read.Heartbeat);
        Assert.Null(read.Finished);
        Assert.Null(Storage.ReadTrial(study, 2));
    }

    [Fact]
    public void A_trial_comes_back_as_it_was_written()
    {
        long study = NewStudy();
        (_, TrialKey key) = Start(study);
        var values = new Dictionary<string, ParameterValue>
        {
            ["lr"] = new(new FloatDistribution(1e-300, 0.1, Scale.Log), 0.1 / 3),
            ["dropout"] = new(new FloatDistribution(-0.5, 0.5, step: 0.25), -0.25),
            ["units"] = new(new IntegerDistribution(1, 1L << 53, Scale.Log), 1L << 53),
            ["even"] = new(new IntegerDistribution(-4, 4, step: 2), 2),
            ["opt \"x\""] = new(new CategoricalDistribution(["sgd", "ädam", "{x}"]), 2),
        };
        foreach ((string name, ParameterValue value) in values)
            Storage.SetParameter(key, name, value);
        double[] reports = [1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.1];
        for (int i = 0; i < reports.Length; i++)
            Storage.Report(key, i * 10, reports[i]);
        Storage.SetAttribute(key, "note", "first");
        Storage.SetAttribute(key, "note", "line\nline 'two'");
        Storage.Finish(key, new TrialOutcome(TrialState.Complete, [double.NegativeInfinity, 1.0 / 3]) { Constraints = [-1, double.PositiveInfinity], Cost = 0.1 });

        using IStudyStorage other = Connect();
        TrialRecord trial = other.ReadTrial(study, 0)!;
        Assert.Equal(values.OrderBy(one => one.Key, StringComparer.Ordinal), trial.Parameters);
        Assert.Equal(reports, trial.Intermediate.Values);
        Assert.Equal([0, 10, 20, 30, 40], trial.Intermediate.Keys);
        Assert.Equal("line\nline 'two'", trial.Attributes["note"]);
        Assert.Equal([double.NegativeInfinity, 1.0 / 3], trial.Values);
        Assert.Equal([-1, double.PositiveInfinity], trial.Constraints);
        Assert.Equal((TrialState.Complete, 0.1), (trial.State, trial.Cost));
        Assert.True(trial.Finished >= trial.Started);
        Assert.Null(trial.Error);
    }

    [Fact]
    public void A_second_report_of_a_step_replaces_the_first()
    {
        (_, TrialKey key) = Start(NewStudy());
        Storage.Report(key, 3, 1);
        Storage.Report(key, 3, 2);
        Assert.Equal([KeyValuePair.Create(3, 2.0)], Read(key).Intermediate);
    }

    [Fact]
    public void Failed_and_pruned_trials_keep_what_is_known()
    {
        long study = NewStudy();
        (_, TrialKey failed) = Start(study);
        (_, TrialKey pruned) = Start(study);
        Storage.Finish(failed, new TrialOutcome(TrialState.Failed, []) { Error = "boom" });
        Storage.Finish(pruned, new TrialOutcome(TrialState.Pruned, [2]));
        Assert.Equal((TrialState.Failed, "boom", 0), (Read(failed).State, Read(failed).Error, Read(failed).Values.Length));
        Assert.Equal((TrialState.Pruned, 2.0), (Read(pruned).State, Read(pruned).Values[0]));
    }

    [Fact]
    public void A_finished_trial_cannot_be_written_to()
    {
        long study = NewStudy();
        (_, TrialKey key) = Start(study);
        Storage.Finish(key, new TrialOutcome(TrialState.Complete, [1]));

        Action[] writes =
        [
            () => Storage.Finish(key, new TrialOutcome(TrialState.Complete, [2])), () => Storage.Report(key, 0, 1), () => Storage.SetAttribute(key, "a", "b"),
            () => Storage.SetParameter(key, "x", new ParameterValue(new IntegerDistribution(0, 1), 0)), () => Storage.Release(key),
            () => Storage.Report(new TrialKey(study, 5, 1), 0, 1),
        ];
        Assert.All(writes, write => Assert.Throws<TrialLostException>(write));
        Assert.Equal(1, Read(key).Values[0]);
    }

    [Fact]
    public void Waiting_trials_go_first_and_the_limit_is_for_new_ones()
    {
        long study = NewStudy();
        Start(study);
        TrialRecord added = Storage.AddTrial(study, new TrialRecord { Number = 99, State = TrialState.Waiting, Fixed = TrialRecord.NoTexts.Add("x", "0.5"), Attributes = TrialRecord.NoTexts.Add("by", "hand") });
        Assert.Equal(1, added.Number);

        TrialRecord started = Storage.StartTrial(study, new TrialStart("a", 0))!;
        Assert.Equal((1, TrialState.Running, "0.5", "hand"), (started.Number, started.State, started.Fixed["x"], started.Attributes["by"]));
        Assert.Null(Storage.StartTrial(study, new TrialStart("a", 2)));
        Assert.Equal(2, Storage.StartTrial(study, new TrialStart("a", 3))!.Number);
    }

    [Fact]
    public void A_finished_trial_can_be_added()
    {
        long study = NewStudy();
        TrialRecord trial = Storage.AddTrial(study, new TrialRecord
        {
            Number = 0,
            State = TrialState.Complete,
            Values = [0.25],
            Parameters = TrialRecord.NoParameters.Add("n", new ParameterValue(new IntegerDistribution(1, 9), 4)),
            Intermediate = ImmutableSortedDictionary<int, double>.Empty.Add(1, 0.5),
            Constraints = [1],
            Cost = 2,
            Started = DateTimeOffset.UnixEpoch,
            Finished = DateTimeOffset.UnixEpoch.AddSeconds(1.5),
        });
        TrialRecord read = Storage.ReadTrial(study, trial.Number)!;
        Assert.Equal((TrialState.Complete, 0.25, 4.0, 0.5, 2.0), (read.State, read.Values[0], read.Parameters["n"].Value, read.Intermediate[1], read.Cost));
        Assert.Equal(TimeSpan.FromSeconds(1.5), read.Duration);
        Assert.False(read.IsFeasible);
        Assert.Throws<ArgumentException>(() => Storage.AddTrial(study, trial with { State = TrialState.Running }));
    }

    public void Dispose()
    {
        _storage?.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the tests have left.</summary>
    protected virtual void Dispose(bool disposing) { }
}
