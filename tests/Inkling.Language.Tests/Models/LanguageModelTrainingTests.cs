using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.Language.Tests.Models;

public sealed class LanguageModelTrainingTests : IDisposable
{
    private static readonly BatchOptions Layout = new() { Lanes = 4, Steps = 8 };

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-language-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_small_language_is_learnt_and_the_best_is_kept()
    {
        LstmLanguageModel model = Rhyme.Model();
        using LanguageModelTask task = new(model, Rhyme.Corpus(240, seed: 1), Layout, Rhyme.Corpus(20, seed: 2), Team.Single);
        double before = task.Validate(default)!.Loss;
        AdamW adam = new(model.Parameters) { Team = Team.Single };
        Trainer trainer = new(task, adam, new TrainerOptions { Epochs = 20, LearningRate = 0.02, WarmupSteps = 10, ValidateEvery = 200 }, [new EarlyStopping(20)]);
        trainer.Run();
        // Known are the direction, from the head, and each next number; unknown the first number (ln 32 ≈ 3.5) and the end: 0.8 nats on average.
        Assert.True(trainer.Best!.Loss < 1.2, $"from {before} to {trainer.Best.Loss}");
        Assert.True(trainer.Best.BitsPerCharacter > trainer.Best.Loss / Math.Log(2)); // more targets (the end) than characters
        Assert.Equal(trainer.Best.Loss, task.Validate(default)!.Loss); // the best is what was put back
    }

    [Fact]
    public void A_run_repeats_bit_for_bit_on_one_thread_and_on_two()
    {
        using Team two = new(2);
        float[] once = Trained(Team.Single, 12);
        Assert.Equal(once, Trained(Team.Single, 12));
        Assert.Equal(once, Trained(two, 12));
    }

    [Fact]
    public void A_training_step_allocates_nothing_after_the_first_also_across_passes()
    {
        LstmLanguageModel model = Rhyme.Model(dropout: 0.1, layers: 2);
        using LanguageModelTask task = new(model, Rhyme.Corpus(12, seed: 1), Layout, null, Team.Single);
        AdamW adam = new(model.Parameters) { Team = Team.Single };
        long step = 0;
        Steps(task, adam, ref step, 3);
        Allocation.AssertNone(() => Steps(task, adam, ref step, (int)(3 * task.StepsPerEpoch)));
    }

    [Fact]
    public void A_run_that_diverges_says_in_which_layer()
    {
        LstmLanguageModel model = Rhyme.Model();
        using LanguageModelTask task = new(model, Rhyme.Corpus(24, seed: 1), Layout, null, Team.Single);
        Trainer trainer = new(task, new AdamW(model.Parameters) { Team = Team.Single }, new TrainerOptions { Epochs = 2, LearningRate = 0.001 });
        model.Parameters["projection.weight"].Values[3] = float.NaN;

        Assert.Equal(StopReason.Diverged, trainer.Run());
        Assert.Equal(0, trainer.Step);
        Assert.Contains("'projection.weight'", trainer.Divergence!.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_goes_on_bit_for_bit_with_carried_states_and_dropout()
    {
        float[] whole = Trained(Team.Single, 20);
        string path = Path.Combine(_folder, "state.safetensors");
        Assert.NotEqual(whole, Trained(Team.Single, 9, trainer => trainer.Save(path)));
        Assert.Equal(whole, Trained(Team.Single, 20, restore: path));
    }

    [Fact]
    public void Resuming_on_other_mail_is_one_clear_error()
    {
        string path = Path.Combine(_folder, "state.safetensors");
        Trained(Team.Single, 2, trainer => trainer.Save(path));
        CheckpointException error = Assert.Throws<CheckpointException>(() => Trained(Team.Single, 5, restore: path, corpusSeed: 4));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_does_not_depend_on_the_layout_and_changes_nothing()
    {
        LstmLanguageModel model = Rhyme.Model(dropout: 0.5);
        TokenCorpus corpus = Rhyme.Corpus(30, seed: 3);
        float[] values = model.Parameters.Values.ToArray();
        using LanguageModelEvaluation wide = new(model, corpus, new BatchOptions { Lanes = 7, Steps = 20 }, Team.Single);
        using LanguageModelEvaluation narrow = new(model, corpus, new BatchOptions { Lanes = 1, Steps = 3 }, Team.Single);
        using LanguageModelEvaluation more = new(model, corpus, new BatchOptions { Lanes = 100, Steps = 5 }, Team.Single); // more lanes than sequences
        ValidationResult result = wide.Run();
        Assert.Equal(result.Loss, narrow.Run().Loss, 1e-5);
        Assert.Equal(result.Loss, more.Run().Loss, 1e-5);
        Assert.Equal(result, wide.Run());
        Assert.Equal(values, model.Parameters.Values.ToArray());
        Assert.InRange(result.Loss, 0.8 * Math.Log(Rhyme.Vocabulary), 1.2 * Math.Log(Rhyme.Vocabulary)); // knows nothing yet
        Assert.Throws<OperationCanceledException>(() => wide.Run(new CancellationToken(canceled: true)));
    }

    private static void Steps(LanguageModelTask task, AdamW adam, ref long step, int count)
    {
        for (int i = 0; i < count; i++)
        {
            task.Step(step++);
            GradientClipping.ClipByGlobalNorm(task.Parameters, 1);
            adam.Step();
        }
    }

    /// <summary>The parameters after so many steps, of a run planned for 20.</summary>
    private static float[] Trained(Team team, long steps, Action<Trainer>? then = null, string? restore = null, int corpusSeed = 1)
    {
        LstmLanguageModel model = Rhyme.Model(dropout: 0.2, layers: 2);
        using LanguageModelTask task = new(model, Rhyme.Corpus(12, corpusSeed), Layout, null, team);
        AdamW adam = new(model.Parameters) { Team = team };
        Trainer trainer = new(task, adam, new TrainerOptions { Epochs = 20.0 / task.StepsPerEpoch, WarmupSteps = 5 }, [new StopAt(steps)]);
        if (restore is not null) trainer.Restore(restore);
        trainer.Run();
        then?.Invoke(trainer);
        return model.Parameters.Values.ToArray();
    }

    private sealed class StopAt(long step) : TrainingCallback
    {
        public override void OnStep(Trainer trainer)
        {
            if (trainer.Step == step) trainer.Stop(StopReason.Cancelled);
        }
    }
}
