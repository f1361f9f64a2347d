using Inkling.Nn;
using Inkling.Nn.Checkpoints;

namespace Inkling.Training.Tests;

/// <summary>Cancelling, pausing, checkpoints and going on.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-trainer-").FullName;

    private string State => Path.Combine(_folder, "state.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_cancelled_run_keeps_the_best()
    {
        using CancellationTokenSource cancel = new();
        float[] kept = [];
        Valley valley = new() { During = step => { if (step == 44) cancel.Cancel(); } };
        Seen seen = new() { Validated = (trainer, improved) => { if (improved) kept = trainer.Parameters.Values.ToArray(); } };
        Trainer trainer = Trainer(valley, seen);
        Assert.Equal(StopReason.Cancelled, trainer.Run(cancellation: cancel.Token));
        Assert.Equal((45L, 40L), (trainer.Step, trainer.BestStep)); // the step under way is finished
        Assert.Equal(kept, valley.Parameters.Values.ToArray());
    }

    [Fact]
    public void A_run_cancelled_before_its_first_validation_is_measured_once()
    {
        using CancellationTokenSource cancel = new();
        Valley valley = new() { During = step => { if (step == 3) cancel.Cancel(); } };
        Trainer trainer = Trainer(valley);
        Assert.Equal(StopReason.Cancelled, trainer.Run(cancellation: cancel.Token));
        Assert.Equal(4, trainer.BestStep);
    }

    [Fact]
    public void A_run_cancelled_in_its_first_validation_is_measured_all_the_same()
    {
        using CancellationTokenSource cancel = new();
        Valley valley = new();
        valley.During = step => { if (step == 9) cancel.Cancel(); }; // the tenth step is followed by a validation, which sees it
        Trainer trainer = Trainer(valley);
        Assert.Equal(StopReason.Cancelled, trainer.Run(cancellation: cancel.Token));
        Assert.Equal(10, trainer.BestStep);
    }

    [Theory]
    [InlineData(44)] // between validations
    [InlineData(40)] // right after one
    [InlineData(3)]  // before the first
    public void A_resumed_run_equals_one_that_was_not_interrupted_bit_for_bit(int at)
    {
        Valley whole = new();
        Trainer uninterrupted = Trainer(whole);
        uninterrupted.Run();

        using CancellationTokenSource cancel = new();
        Valley first = new() { During = step => { if (step == at - 1) cancel.Cancel(); } };
        Assert.Equal(StopReason.Cancelled, Trainer(first, new Checkpointing(State, TimeSpan.FromHours(1))).Run(cancellation: cancel.Token));

        Valley second = new();
        Trainer resumed = Trainer(second, new Checkpointing(State, TimeSpan.FromHours(1)));
        resumed.Restore(State);
        Assert.Equal(at, resumed.Step);
        Assert.Equal(StopReason.Finished, resumed.Run());
        Assert.Equal(whole.Parameters.Values.ToArray(), second.Parameters.Values.ToArray());
        Assert.Equal((uninterrupted.Best, uninterrupted.BestStep), (resumed.Best, resumed.BestStep));
    }

    [Fact]
    public void A_run_cancelled_in_a_validation_makes_up_for_it_when_it_goes_on()
    {
        List<long> whole = [], parts = [];
        Trainer(new Valley(), new Seen { Validated = (trainer, _) => whole.Add(trainer.Step) }).Run();

        using CancellationTokenSource cancel = new();
        Seen seen = new() { Validated = (trainer, _) => parts.Add(trainer.Step) };
        Valley first = new() { Measuring = () => { if (parts.Count == 3) cancel.Cancel(); } };
        Trainer(first, seen, new Checkpointing(State, TimeSpan.FromHours(1))).Run(cancellation: cancel.Token);
        Assert.Equal([10, 20, 30], parts);

        Trainer resumed = Trainer(new Valley(), seen);
        resumed.Restore(State);
        resumed.Run();
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void A_plateau_survives_the_interruption()
    {
        Valley valley = new() { Script = _ => 1 };
        PlateauSchedule plateau = new() { Patience = 2 };
        Trainer trainer = new(valley, TrainerTests.Adam(valley), new TrainerOptions { Epochs = 4, ValidateEvery = 10, Schedule = plateau });
        trainer.Run();
        trainer.Save(State);

        PlateauSchedule again = new() { Patience = 2 };
        new Trainer(valley, TrainerTests.Adam(valley), new TrainerOptions { Epochs = 8, ValidateEvery = 10, Schedule = again }).Restore(State);
        Assert.Equal((plateau.Factor, plateau.Best, plateau.Waited), (again.Factor, again.Best, again.Waited));
        Assert.Equal(0.5, again.Factor);
    }

    [Fact]
    public void Time_spent_goes_on_where_it_was()
    {
        Valley valley = new() { During = _ => Thread.Sleep(2) };
        Trainer trainer = Trainer(valley);
        trainer.Run();
        trainer.Save(State);
        Trainer resumed = Trainer(new Valley());
        resumed.Restore(State);
        Assert.Equal(trainer.Elapsed, resumed.Elapsed);
    }

    [Fact]
    public async Task A_paused_run_stands_still_and_its_clock_too()
    {
        using PauseGate gate = new();
        using ManualResetEventSlim reached = new();
        Valley valley = new()
        {
            During = step =>
            {
                if (step != 20) return;
                gate.Pause();
                reached.Set();
            },
        };
        Trainer trainer = Trainer(valley);
        long start = TimeProvider.System.GetTimestamp();
        Task<StopReason> run = Task.Run(() => trainer.Run(pause: gate));
        reached.Wait();
        await Task.Delay(500);
        Assert.False(run.IsCompleted);
        Assert.True(gate.IsPaused);
        Assert.Equal(21, trainer.Step);
        gate.Resume();
        Assert.Equal(StopReason.Finished, await run);
        Assert.Equal(100, trainer.Step);
        Assert.True(trainer.Elapsed < TimeProvider.System.GetElapsedTime(start) - TimeSpan.FromMilliseconds(200), $"{trainer.Elapsed} counted");
    }

    [Fact]
    public async Task A_paused_run_can_be_cancelled()
    {
        using PauseGate gate = new();
        using CancellationTokenSource cancel = new();
        using ManualResetEventSlim reached = new();
        Valley valley = new()
        {
            During = step =>
            {
                if (step != 20) return;
                gate.Pause();
                reached.Set();
            },
        };
        Task<StopReason> run = Task.Run(() => Trainer(valley).Run(pause: gate, cancellation: cancel.Token));
        reached.Wait();
        await cancel.CancelAsync();
        Assert.Equal(StopReason.Cancelled, await run);
    }

    [Fact]
    public void A_state_that_is_missing_or_damaged_or_of_another_model_is_one_clear_error()
    {
        Valley valley = new();
        Trainer trainer = Trainer(valley);
        Assert.Throws<CheckpointException>(() => Trainer(new Valley()).Restore(State));
        trainer.Run();
        trainer.Save(State);
        byte[] bytes = File.ReadAllBytes(State);

        File.WriteAllBytes(State, bytes[..(bytes.Length / 2)]);
        Assert.Contains(State, Assert.Throws<CheckpointException>(() => Trainer(new Valley()).Restore(State)).Message, StringComparison.Ordinal);

        string text = System.Text.Encoding.Latin1.GetString(bytes);
        File.WriteAllBytes(State, System.Text.Encoding.Latin1.GetBytes(text.Replace("\"version\":\"1\"", "\"version\":\"9\"", StringComparison.Ordinal)));
        Assert.Contains("version 9", Assert.Throws<CheckpointException>(() => Trainer(new Valley()).Restore(State)).Message, StringComparison.Ordinal);

        ModelCheckpoint.Save(State, valley.Parameters);
        Assert.Contains("--resume", Assert.Throws<CheckpointException>(() => Trainer(new Valley()).Restore(State)).Message, StringComparison.Ordinal);
    }

    private static Trainer Trainer(Valley valley, params TrainingCallback[] more) => new(
        valley, TrainerTests.Adam(valley), new TrainerOptions { Epochs = 10, LearningRate = 0.05, WarmupSteps = 8, ValidateEvery = 10 }, [new EarlyStopping(int.MaxValue), .. more]);
}
