using System.Collections.Immutable;
using Inkling.Playground;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>A network of the playground: its layers, inputs, activation and how it is trained.</summary>
internal class PlaygroundTask : TuneTask
{
    private const int Epochs = 60, Pieces = 12, MostLayers = 4;
    private readonly string _points;

    public PlaygroundTask(string name, string summary, string points) : base(name, summary, Direction.Minimize) => _points = points;

    protected PlaygroundTask(string name, string summary, string points, params ImmutableArray<Direction> directions) : base(name, summary, directions) => _points = points;

    /// <inheritdoc/>
    public override ITuneObjective Prepare(TuneTaskData given) => new Objective(this);

    /// <inheritdoc/>
    public override string? PageOf(ImmutableSortedDictionary<string, ParameterValue> parameters)
    {
        string Text(string name, string otherwise) => parameters.TryGetValue(name, out ParameterValue value) ? value.Text : otherwise;
        int layers = parameters.TryGetValue("layers", out ParameterValue count) ? Whole(count, 0, PlaygroundSetup.MostLayers) : 0;
        return "playground?play#" + SetupText.Format(Setup(Text("inputs", "xy"), [.. Enumerable.Range(1, layers).Select(i => parameters.TryGetValue($"neurons{i}", out ParameterValue neurons) ? Whole(neurons, 1, PlaygroundSetup.MostNeurons) : 4)],
            Text("activation", "tanh"), Text("optimizer", "sgd"), parameters.TryGetValue("learningRate", out ParameterValue rate) ? rate.Value : 0.03,
            parameters.TryGetValue("batch", out ParameterValue batch) ? (int)batch.Value : 10, parameters.TryGetValue("l2", out ParameterValue penalty) ? penalty.Value : 0));
    }

    // Stored values may be anything.
    private static int Whole(ParameterValue stored, int least, int most) => double.IsNaN(stored.Value) ? least : (int)Math.Clamp(stored.Value, least, most);

    /// <summary>The values of the objectives.</summary>
    /// <param name="loss">The loss on the test points.</param>
    /// <param name="run">The trained network.</param>
    protected virtual double[] Values(double loss, PlaygroundRun run) => [loss];

    // The space is what the code asks for: a layer's neurons only where there is that layer.
    private PlaygroundSetup Ask(Trial trial)
    {
        string inputs = trial.Categorical("inputs", "xy", "squares", "all");
        int layers = trial.Integer("layers", 1, MostLayers);
        int[] hidden = [.. Enumerable.Range(1, layers).Select(i => trial.Integer($"neurons{i}", 1, PlaygroundSetup.MostNeurons))];
        return Setup(inputs, hidden, trial.Categorical("activation", "tanh", "relu", "sigmoid"), trial.Categorical("optimizer", "sgd", "momentum", "adam"),
            trial.Float("learningRate", 1e-4, 1, Scale.Log), trial.Integer("batch", 1, 30), trial.Categorical("penalty", "none", "l2") == "l2" ? trial.Float("l2", 1e-5, 0.1, Scale.Log) : 0);
    }

    private PlaygroundSetup Setup(string inputs, IReadOnlyList<int> hidden, string activation, string optimizer, double rate, int batch, double penalty) => new()
    {
        Dataset = _points,
        Noise = 20,
        Inputs = inputs switch { "xy" => ["x", "y"], "squares" => ["x", "y", "xSquared", "ySquared", "xTimesY"], _ => [.. InputFeatures.All.Take(7).Select(feature => feature.Name)] },
        Hidden = hidden,
        Activation = activation,
        Optimizer = optimizer,
        LearningRate = rate,
        BatchSize = batch,
        Penalty = penalty > 0 ? PenaltyKind.L2 : PenaltyKind.None,
        PenaltyRate = penalty,
        Loss = LossKind.CrossEntropy,
    };

    private sealed class Objective(PlaygroundTask task) : ITuneObjective
    {
        public ValueTask<double[]> RunAsync(Trial trial, CancellationToken stop)
        {
            using var run = new PlaygroundRun(task.Ask(trial));
            float loss = float.NaN;
            for (int piece = 1; piece <= Pieces; piece++)
            {
                for (int step = 0; step < Epochs / Pieces * run.StepsPerEpoch && run.Train(); step++)
                    stop.ThrowIfCancellationRequested();
                if (run.DivergedAt is { } at) throw new TrialFailedException($"The numbers were no longer finite at step {at}.");
                loss = run.Losses().Test;
                if (task.Directions.Length > 1) continue;
                trial.Report(loss, piece * (Epochs / Pieces));
                if (piece < Pieces && trial.ShouldPrune) trial.Prune();
            }

            return ValueTask.FromResult(task.Values(loss, run));
        }
    }
}
