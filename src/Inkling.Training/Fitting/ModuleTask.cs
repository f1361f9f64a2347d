using System.Globalization;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

namespace Inkling.Training;

/// <summary>
/// Training a module on the batches of a loader, for a <see cref="Trainer"/>. Most programs call
/// <see cref="ModuleTraining.Fit{TModel}(TModel, DataLoader, BatchLoss, Optimizer, FitOptions?, CancellationToken)"/>, which makes both.
/// </summary>
public sealed class ModuleTask : ITrainable, IDisposable
{
    private readonly DataLoader _training;
    private readonly DataLoader? _validation;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly ModulePass _pass;
    private readonly ModulePass? _measuring;
    private BatchReader? _reader;

    /// <summary>Prepares training.</summary>
    /// <param name="module">A built module.</param>
    /// <param name="forward">Runs it on a batch.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="training">What it learns from.</param>
    /// <param name="validation">What it is measured on; null for nothing.</param>
    /// <param name="metrics">What is measured beside the loss.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    /// <param name="seed">Decides what dropout and the like draw. Default: 0.</param>
    /// <exception cref="ArgumentException">Training and validation data have different fields.</exception>
    public ModuleTask(Module module, Func<BatchTensors, Tensor> forward, BatchLoss loss, DataLoader training, DataLoader? validation = null, IReadOnlyList<Metric>? metrics = null, Team? team = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(training);
        if (validation is not null) CheckFields(training.Data, validation.Data);
        Parameters = module.Parameters;
        _training = training;
        _validation = validation;
        _metrics = metrics ?? [];
        team ??= Team.Shared;
        _pass = new ModulePass(forward, loss, training.Data.Fields.Count, new TapeOptions { Team = team, Seed = seed, Name = "training" });
        if (validation is not null) _measuring = new ModulePass(forward, loss, validation.Data.Fields.Count, new TapeOptions { Team = team, Recording = false, Name = "validation" });
    }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public long StepsPerEpoch => _training.BatchesPerEpoch;

    /// <inheritdoc/>
    public StepResult Step(long step)
    {
        if (_reader is null || _reader.Position != step)
        {
            _reader?.Dispose();
            _reader = _training.Open(step);
        }

        Batch batch = _reader.Next();
        (_, Tensor loss) = _pass.Run(batch, step);
        double value = loss.Item();
        if (double.IsFinite(value)) _pass.Tape.Backward(loss);
        return new StepResult(value, ModulePass.Targets(batch), batch.Count);
    }

    /// <inheritdoc/>
    public ValidationResult? Validate(CancellationToken cancellation) => _measuring?.Measure(_validation!, _metrics, cancellation);

    /// <inheritdoc/>
    public Suspect? FindSuspect()
    {
        if (!_pass.Tensors.HasBatch) return null;
        Batch batch = _pass.Tensors.Batch;
        foreach (BatchField field in batch.Fields)
        {
            if (field.Field.Kind != FieldKind.Numbers || Reduce.AllFinite(field.Numbers)) continue;
            return new Suspect($"the data, '{field.Field.Name}' of {Broken(batch, field)}", "the data hold NaN or infinity; repair them or leave such items out with Where(…)");
        }

        return Suspect.Find(_pass.Tape);
    }

    /// <inheritdoc/>
    public void Save(StateWriter state) => state.Text("data", Describe());

    /// <inheritdoc/>
    public void Restore(StateReader state)
    {
        string before = state.Text("data");
        if (before != Describe()) throw new CheckpointException($"Resuming: the data are not what the interrupted run learnt from ({before}, now {Describe()}). Give the same data and loader options, or start anew.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _pass.Dispose();
        _measuring?.Dispose();
    }

    private string Describe()
    {
        LoaderOptions options = _training.Options;
        return string.Create(CultureInfo.InvariantCulture, $"{_training.Data.Count} items, batches of {options.BatchSize}, {(options.Shuffle ? $"seed {options.Seed}" : "in order")}{(options.BucketBy is null ? "" : $", by length of {options.BucketBy}")}");
    }

    private string Broken(Batch batch, BatchField field)
    {
        // Where time comes first, an item's numbers lie apart; the first of them tells the item all the same.
        ReadOnlySpan<float> values = field.Numbers;
        int at = 0;
        while (float.IsFinite(values[at])) at++;
        bool timeFirst = field.Field.Varies && _training.Options.TimeFirst;
        int place = timeFirst ? at / field.Field.Shape.Length % batch.Count : at / (values.Length / batch.Count);
        int item = batch.Items[place];
        return string.Create(CultureInfo.InvariantCulture, $"{_training.Data.NameOf(item)} (item {item})");
    }

    private static void CheckFields(DataSet training, DataSet validation)
    {
        if (!training.Fields.Select(Key).SequenceEqual(validation.Fields.Select(Key)))
            throw new ArgumentException($"ModuleTask: the fields of the validation data ({string.Join(", ", validation.Fields.Select(Key))}) are not those of the training data ({string.Join(", ", training.Fields.Select(Key))}).", nameof(validation));

        static string Key(DataField field) => $"{field.Name} {(field.Varies ? "[L] × " : "")}{field.Shape}";
    }
}
