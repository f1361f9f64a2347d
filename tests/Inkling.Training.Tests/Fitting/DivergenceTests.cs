using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Training.Metrics;

namespace Inkling.Training.Tests.Fitting;

/// <summary>Numbers that are no longer finite: training stops in time and says why.</summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-divergence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Broken_data_are_named_by_item(float broken)
    {
        Sequential model = Blobs.Model();
        FitResult result = model.Fit(Blobs.Loader(300, 1, change: points => points[(2 * 77) + 1] = broken), BatchLosses.CrossEntropy, new AdamW(model.Parameters), new FitOptions { Validation = Blobs.Loader(60, 2), Folder = _folder });
        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Contains("the data, 'point' of item 77 (item 77)", result.Divergence!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Where(", result.Divergence.Cause, StringComparison.Ordinal);
        Assert.All(model.Parameters.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_step_that_was_too_large_is_named_by_layer_and_files_stay_good()
    {
        Sequential model = Blobs.Model();
        Sgd sgd = new(model.Parameters, 0.01);
        Seen raising = new() { Stepped = trainer => { if (trainer.Step == 45) model.Parameters["3.weight"].Values[2] = 3e38f; if (trainer.Step == 46) throw new InvalidOperationException("a step was taken that must not be"); } };
        FitResult result = model.Fit(Blobs.Loader(300, 1), BatchLosses.CrossEntropy, sgd, new FitOptions { Epochs = 5, Validation = Blobs.Loader(60, 2), Folder = _folder, Callbacks = [raising] });
        Assert.Equal((StopReason.Diverged, 45L), (result.Reason, result.Divergence!.Step));
        Assert.Contains("3.weight", result.Divergence.Where, StringComparison.Ordinal);
        Assert.Contains("learning rate", result.Divergence.Cause, StringComparison.Ordinal);
        foreach (string name in (string[])["best", "last"])
        {
            Sequential kept = Blobs.Model();
            ModelCheckpoint.Load(Path.Combine(_folder, name + ".safetensors"), kept.Parameters); // refuses what is not finite
        }

        Assert.Equal(38, result.BestStep);
        Assert.All(model.Parameters.Values.ToArray(), value => Assert.True(MathF.Abs(value) < 10)); // the best is back
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_not_written()
    {
        Sequential model = Blobs.Model();
        Seen breaking = new() { Stepped = trainer => { if (trainer.Step == 38) model.Parameters["0.bias"].Values[1] = float.NaN; } };
        FitResult result = model.Fit(Blobs.Loader(300, 1), BatchLosses.CrossEntropy, new AdamW(model.Parameters), new FitOptions { Epochs = 5, Validation = Blobs.Loader(60, 2), Folder = _folder, Callbacks = [breaking] });
        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Contains("'0.bias'", result.Divergence!.Where, StringComparison.Ordinal);
        Assert.Equal(19, result.BestStep);
        Sequential kept = Blobs.Model();
        ModelCheckpoint.Load(Path.Combine(_folder, "last.safetensors"), kept.Parameters);
    }

    [Fact]
    public void A_logarithm_of_nothing_is_named_by_operation()
    {
        Sequential model = new Sequential(new Linear(2, 4), new Activation<Relu>(), new Activation<Log>(), new Linear(4, 3)).Build(seed: 2);
        FitResult result = model.Fit(Blobs.Loader(300, 1), BatchLosses.CrossEntropy, new AdamW(model.Parameters));
        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Contains("Log", result.Divergence!.Where, StringComparison.Ordinal);
        Assert.Contains("'0.weight'", result.Divergence.Where, StringComparison.Ordinal);
        Assert.Contains("not positive", result.Divergence.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_training_also_without_clipping()
    {
        Parameter place = new("place", [1], (parameter, _) => parameter.Values[0] = 0);
        ParameterSet parameters = new([place]);
        Rooted task = new(parameters, place);
        Trainer trainer = new(task, new Sgd(parameters, 0.1), new TrainerOptions { ClipNorm = 0 });
        Assert.Equal(StopReason.Diverged, trainer.Run());
        Assert.Contains("the gradient's norm is", trainer.Divergence!.What, StringComparison.Ordinal);
        Assert.Contains("the gradient of 'place'", trainer.Divergence.Where, StringComparison.Ordinal);
        Assert.Equal(0, place.Values[0]);
    }

    /// <summary>√x at 0, whose derivative is infinite.</summary>
    private sealed class Rooted(ParameterSet parameters, Parameter place) : ITrainable
    {
        private readonly Tape _tape = new();

        public ParameterSet Parameters => parameters;

        public long StepsPerEpoch => 5;

        public StepResult Step(long step)
        {
            _tape.Begin();
            Tensor loss = _tape.Parameter(place).Sqrt().Sum();
            _tape.Backward(loss);
            return new StepResult(loss.Item(), 1, 1);
        }

        public ValidationResult? Validate(CancellationToken cancellation) => null;

        public void Save(StateWriter state)
        {
        }

        public void Restore(StateReader state)
        {
        }
    }
}
