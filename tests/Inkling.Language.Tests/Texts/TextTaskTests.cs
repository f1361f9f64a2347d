using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Metrics;

namespace Inkling.Language.Tests.Texts;

public sealed class TextTaskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_leaves_its_traces_and_the_best()
    {
        LanguageModel model = Ditty.Model("Lstm");
        FitResult result = model.Fit(Ditty.Batches(model), new Adam(model.Parameters) { LearningRate = 0.02f, Team = Team.Single },
            new FitOptions { Epochs = 4, Folder = _folder, Title = "Ditty", Team = Team.Single }, Ditty.Tokens);
        Assert.Equal(4, result.History.Count);
        Assert.True(result.Best!.Loss < Math.Log(8), result.ToString());
        Assert.Equal(Math.Exp(result.Best.Loss), result.Best["perplexity"], 1e-9);
        Assert.Equal(result.Best.Loss, model.Evaluate(Ditty.Tokens, lanes: 3, steps: 7).Loss); // the best is what was put back
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_folder, "log.csv")).Length);
        Assert.Contains("Ditty", File.ReadAllText(Path.Combine(_folder, "curves.svg")), StringComparison.Ordinal);
        LanguageModel best = Ditty.Model("Lstm", seed: 2);
        ModelCheckpoint.Load(Path.Combine(_folder, "best.safetensors"), best.Parameters);
        Assert.Equal(model.Parameters.Values.ToArray(), best.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    [InlineData("Rnn")]
    public void Carried_states_make_of_many_batches_one_long_sequence(string kind)
    {
        LanguageModel model = Ditty.Model(kind, layers: 2);
        using TextTask parts = new(model, new TextLanes(Ditty.Tokens, lanes: 1, steps: 7), team: Team.Single);
        using TextTask whole = new(model, new TextLanes(Ditty.Tokens, lanes: 1, steps: 70), team: Team.Single);
        double mean = Enumerable.Range(0, 10).Average(step => parts.Step(step).Loss), expected = whole.Step(0).Loss;
        Assert.Equal(expected, mean, 1e-5);
        // A new pass begins with empty states; the second batch without those of the first would be another one.
        Assert.Equal(parts.Step(0).Loss, parts.Step(10).Loss);
        using TextTask fresh = new(model, new TextLanes(Ditty.Tokens, lanes: 1, steps: 7), team: Team.Single);
        Assert.NotEqual(parts.Step(11).Loss, fresh.Step(11).Loss);
    }

    [Theory]
    [InlineData("Lstm", 1e-5)]
    [InlineData("tied", 1e-5)]
    public void Measuring_a_recurrent_model_does_not_depend_on_the_steps_and_changes_nothing(string kind, double tolerance)
    {
        LanguageModel model = Ditty.Model(kind, dropout: 0.5);
        float[] before = model.Parameters.Values.ToArray();
        double loss = model.Evaluate(Ditty.Tokens).Loss;
        Assert.Equal(loss, model.Evaluate(Ditty.Tokens, steps: 1).Loss, tolerance);
        Assert.Equal(loss, model.Evaluate(Ditty.Tokens, steps: 50).Loss, tolerance);
        Assert.InRange(model.Evaluate(Ditty.Tokens, lanes: 1000).Loss, 0.8 * loss, 1.2 * loss); // more lanes than tokens: each is predicted from one
        Assert.Equal(before, model.Parameters.Values.ToArray());
        using TextEvaluation evaluation = new(model, Ditty.Tokens);
        Assert.Throws<OperationCanceledException>(() => evaluation.Run(new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gpt")]
    public void A_run_repeats_bit_for_bit_on_one_thread_and_on_two(string kind)
    {
        using Team two = new(2);
        float[] once = Trained(kind, Team.Single, 12);
        Assert.Equal(once, Trained(kind, Team.Single, 12));
        Assert.Equal(once, Trained(kind, two, 12));
    }

    [Theory]
    [MemberData(nameof(Ditty.Kinds), MemberType = typeof(Ditty))]
    public void A_step_allocates_nothing_after_the_first_also_across_passes(string kind)
    {
        LanguageModel model = Ditty.Model(kind, dropout: 0.1, layers: 2);
        using TextTask task = new(model, Ditty.Batches(model), team: Team.Single);
        Adam adam = new(model.Parameters) { Team = Team.Single };
        Steps(0, 3);
        Allocation.AssertNone(() => Steps(3, 15));

        void Steps(long first, int count)
        {
            for (long step = first; step < first + count; step++)
            {
                task.Step(step);
                GradientClipping.ClipByGlobalNorm(task.Parameters, 1);
                adam.Step();
            }
        }
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    [InlineData("Gpt")]
    public void Resuming_goes_on_bit_for_bit_with_carried_states_and_dropout(string kind)
    {
        float[] whole = Trained(kind, Team.Single, 20);
        string path = Path.Combine(_folder, "state.safetensors");
        Assert.NotEqual(whole, Trained(kind, Team.Single, 8, trainer => trainer.Save(path)));
        Assert.Equal(whole, Trained(kind, Team.Single, 20, restore: path));
    }

    [Fact]
    public void Resuming_on_another_text_is_one_clear_error()
    {
        string path = Path.Combine(_folder, "state.safetensors");
        Trained("Lstm", Team.Single, 2, trainer => trainer.Save(path));
        CheckpointException error = Assert.Throws<CheckpointException>(() => Trained("Lstm", Team.Single, 5, restore: path, text: Ditty.Tokens[1..]));
        Assert.Contains("72 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("Give the same text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_said_before_training()
    {
        LanguageModel lstm = Ditty.Model("Lstm"), gpt = Ditty.Model("Gpt");
        int[] strange = [.. Ditty.Tokens];
        strange[40] = 8;
        Assert.Contains("token 40 of the text is 8", Assert.Throws<ArgumentException>(() => new TextTask(lstm, new TextLanes(strange, 2, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("token 40", Assert.Throws<ArgumentException>(() => lstm.Evaluate(strange)).Message, StringComparison.Ordinal);
        Assert.Contains("reads 12 at once", Assert.Throws<ArgumentException>(() => new TextTask(gpt, new TextWindows(Ditty.Tokens, 2, 15, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("the task's", Assert.Throws<ArgumentException>(() => lstm.Fit(new TextLanes(Ditty.Tokens, 2, 5), new Adam(lstm.Parameters), new FitOptions { Metrics = [new Accuracy()] })).Message, StringComparison.Ordinal);
        Assert.Contains("HiddenWidth is 0", Assert.Throws<ArgumentException>(() => new RecurrentLanguageModel(new() { VocabularySize = 3, HiddenWidth = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("multiple of the 3 heads", Assert.Throws<ArgumentException>(() => new GptLanguageModel(new() { VocabularySize = 3, Heads = 3 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_breaks_names_the_operation_and_keeps_the_model()
    {
        LanguageModel model = Ditty.Model("Lstm");
        FitResult result = model.Fit(Ditty.Batches(model), new Sgd(model.Parameters, 1), new FitOptions { Epochs = 5, Team = Team.Single, Callbacks = [new BreakAt(model, 7)] }, Ditty.Tokens);
        Assert.Equal((StopReason.Diverged, 7L), (result.Reason, result.Divergence!.Step));
        Assert.Contains("'output.bias'", result.Divergence.Where, StringComparison.Ordinal);
        Assert.All(model.Parameters.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>The parameters after so many steps, of a run planned for 20.</summary>
    private static float[] Trained(string kind, Team team, long steps, Action<Trainer>? then = null, string? restore = null, int[]? text = null)
    {
        LanguageModel model = Ditty.Model(kind, dropout: 0.2, layers: 2);
        using TextTask task = new(model, Ditty.Batches(model, text), team: team, seed: 9);
        Trainer trainer = new(task, new AdamW(model.Parameters) { Team = team }, new TrainerOptions { Epochs = 20.0 / task.StepsPerEpoch, WarmupSteps = 5 }, [new StopAt(steps)]);
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

    private sealed class BreakAt(LanguageModel model, long step) : TrainingCallback
    {
        public override void OnStep(Trainer trainer)
        {
            if (trainer.Step == step) model.Parameters["output.bias"].Values[2] = float.NaN;
        }
    }
}
