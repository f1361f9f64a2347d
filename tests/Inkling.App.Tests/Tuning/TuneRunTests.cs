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

    [Theory]
    [InlineData(30, null, "4 of 30, 1 failed; interrupted")]
    [InlineData(30, StopReason.Time, "4 of 30, 1 failed; time was up")]
    [InlineData(30, StopReason.Cost, "4 of 30, 1 failed; the cost was reached")]
    [InlineData(30, StopReason.Exhausted, "4 of 30, 1 failed; there is nothing else to try")]
    [InlineData(4, StopReason.Trials, "4 of 4, 1 failed")]
    [InlineData(4, StopReason.Time, "4 of 4, 1 failed")]
    [InlineData(2, StopReason.Trials, "4 of 4, 1 failed")]
    public void The_last_line_counts_against_the_plan_and_says_why_it_ended(int total, StopReason? end, string words)
    {
        TrialState[] states = [TrialState.Complete, TrialState.Failed, TrialState.Complete, TrialState.Complete];
        TrialRecord[] trials = [.. states.Select((state, i) => new TrialRecord { Number = i, State = state, Values = state == TrialState.Complete ? [1] : [] })];
        Assert.Equal(words, TuneWords.Outcome(TuneProgress.Of(trials, [Direction.Minimize]), total, end));
    }

    [Fact]
    public async Task A_run_says_why_it_ended()
    {
        using var storage = new MemoryStorage();
        StudyRecord study = storage.CreateStudy(Specify("s"));
        var plan = new StudyPlan { Task = "playground-spiral", Sampler = "random", Pruner = "none", Trials = 30 };
        using var view = new PlainTuneView(TextWriter.Null, "", 30);
        Assert.Equal(StopReason.Time, await new TuneRun(storage, study, plan).RunAsync(1, TimeSpan.FromTicks(1), view, default));
        Assert.Null(await new TuneRun(storage, study, plan).RunAsync(1, null, view, new CancellationToken(canceled: true)));
        Assert.Equal(StopReason.Trials, await new TuneRun(storage, study, plan with { Trials = 0 }).RunAsync(1, null, view, default));
    }

    [Fact]
    public async Task A_run_that_waits_for_a_worker_that_may_be_gone_says_so()
    {
        using var storage = new MemoryStorage();
        StudyRecord study = storage.CreateStudy(Specify("s"));
        storage.StartTrial(study.Id, new TrialStart("gone"));
        var plan = new StudyPlan { Task = "playground-spiral", Sampler = "random", Pruner = "none", Trials = 1 };
        using var stop = new CancellationTokenSource();
        using var said = new StringWriter();
        using var view = new StoppingView(said, stop);

        Assert.Null(await new TuneRun(storage, study, plan).RunAsync(1, null, view, stop.Token));
        Assert.Contains("waiting for 1 trial of another worker (if it is gone, at most 20 s)", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_waits_only_when_it_has_nothing_else_to_do()
    {
        static TrialRecord Running(int number, string worker) => new() { Number = number, State = TrialState.Running, Worker = worker };
        Assert.Equal(2, TuneRun.Awaited([Running(0, "b"), Running(1, "c")], "a", 2));
        Assert.Equal(0, TuneRun.Awaited([Running(0, "b"), Running(1, "c")], "a", 3));
        Assert.Equal(0, TuneRun.Awaited([Running(0, "b"), Running(1, "a")], "a", 2));
        Assert.Equal(0, TuneRun.Awaited([Running(0, "b"), new TrialRecord { Number = 1, State = TrialState.Waiting }], "a", 2));
    }

    // Ends the run when it says that it waits.
    private sealed class StoppingView(TextWriter output, CancellationTokenSource stop) : ITuneView
    {
        private readonly PlainTuneView _plain = new(output, "", 1);

        public void Show(TrialWatch watch, TimeSpan elapsed) => _plain.Show(watch, elapsed);

        public void Wait(int trials)
        {
            _plain.Wait(trials);
            stop.Cancel();
        }

        public void Stopping() => _plain.Stopping();

        public void Dispose() => _plain.Dispose();
    }
}
