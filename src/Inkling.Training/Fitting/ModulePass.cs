using Inkling.Training.Data;
using Inkling.Training.Metrics;

namespace Inkling.Training;

/// <summary>A model's forward pass over batches, for training or for measuring.</summary>
internal sealed class ModulePass : IDisposable
{
    private readonly Func<BatchTensors, Tensor> _forward;
    private readonly BatchLoss _loss;

    public ModulePass(Func<BatchTensors, Tensor> forward, BatchLoss loss, int fields, TapeOptions options)
    {
        _forward = forward;
        _loss = loss;
        Tape = new Tape(options);
        Tensors = new BatchTensors(Tape, fields);
    }

    public Tape Tape { get; }

    public BatchTensors Tensors { get; }

    /// <summary>Runs a batch; the number of the step decides its random numbers.</summary>
    public (Tensor Output, Tensor Loss) Run(Batch batch, long step)
    {
        Tape.Step = step;
        Tape.Begin();
        Tensors.Take(batch);
        Tensor output = _forward(Tensors);
        return (output, _loss(output, Tensors));
    }

    /// <summary>Mean loss and metrics over a pass of a loader.</summary>
    public ValidationResult Measure(DataLoader data, IReadOnlyList<Metric> metrics, CancellationToken cancellation)
    {
        foreach (Metric metric in metrics) metric.Reset();
        double sum = 0;
        long count = 0;
        foreach (Batch batch in data.Epoch(0, cancellation))
        {
            (Tensor output, Tensor loss) = Run(batch, batch.Number);
            int targets = Targets(batch);
            double value = loss.Item();
            sum += value * targets;
            count += targets;
            foreach (Metric metric in metrics) metric.Add(Predictions(output, batch, value, targets));
        }

        return new ValidationResult(sum / Math.Max(1, count)) { Metrics = [.. metrics.Select(metric => new MetricValue(metric.Name, metric.Value, metric.HigherIsBetter))] };
    }

    /// <summary>How many targets a batch has: classes or elements of sequences, else its items.</summary>
    public static int Targets(Batch batch)
    {
        BatchField target = batch[batch.Fields.Count > 1 ? 1 : 0];
        if (target.Field.Varies) return target.ElementCount / target.Field.Shape.Length;
        return target.Field.Kind == FieldKind.Integers ? batch.Count * target.Field.Shape.Length : batch.Count;
    }

    public void Dispose() => Tape.Dispose();

    private static Predictions Predictions(Tensor output, Batch batch, double loss, int targets)
    {
        BatchField? target = batch.Fields.Count > 1 ? batch[1] : null;
        return new Predictions
        {
            Outputs = output.Values,
            Width = output.Shape.Rank == 0 ? 1 : output.Shape[^1],
            Classes = target is null ? default : target.Integers,
            Numbers = target is null ? default : target.Numbers,
            Loss = loss,
            Targets = targets,
        };
    }
}
