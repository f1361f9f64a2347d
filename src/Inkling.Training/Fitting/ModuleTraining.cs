using Inkling.Nn;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

namespace Inkling.Training;

/// <summary>Training and measuring modules in few lines.</summary>
/// <example><code>
/// var model = new Sequential(new Linear(784, 128), new Activation&lt;Relu&gt;(), new Linear(128, 10)).Build(seed: 1);
/// FitResult result = model.Fit(training, BatchLosses.CrossEntropy, new Adam(model.Parameters), new FitOptions { Validation = validation, Metrics = [new Accuracy()] });
/// </code></example>
public static class ModuleTraining
{
    /// <summary>Trains a layer on the first field of its data, real numbers. Afterwards it has the parameters of the best validation, also when the run was cancelled.</summary>
    /// <param name="model">A built module.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="loss">What is made small, such as <see cref="BatchLosses.CrossEntropy"/>.</param>
    /// <param name="optimizer">Updates the model's parameters, at its learning rate.</param>
    /// <param name="options">How long, and what happens on the way.</param>
    /// <param name="cancellation">Ends the run in good order after the step under way.</param>
    /// <exception cref="DataSetException">An item cannot be read.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit, or an option is out of range.</exception>
    public static FitResult Fit<TModel>(this TModel model, DataLoader data, BatchLoss loss, Optimizer optimizer, FitOptions? options = null, CancellationToken cancellation = default)
        where TModel : Module, ILayer
        => Fit(model, batch => model.Forward(batch.Numbers(0)), data, loss, optimizer, options, cancellation);

    /// <summary>Trains a module whose forward pass is given: for tokens, masks, several inputs.</summary>
    /// <param name="model">A built module.</param>
    /// <param name="forward">Runs it on a batch.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="optimizer">Updates the model's parameters, at its learning rate.</param>
    /// <param name="options">How long, and what happens on the way.</param>
    /// <param name="cancellation">Ends the run in good order after the step under way.</param>
    public static FitResult Fit(this Module model, Func<BatchTensors, Tensor> forward, DataLoader data, BatchLoss loss, Optimizer optimizer, FitOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        options ??= new FitOptions();
        using ModuleTask task = new(model, forward, loss, data, options.Validation, options.Metrics, options.Team, options.Seed);
        return TaskTraining.Run(task, optimizer, options, cancellation);
    }

    /// <summary>Measures a layer on the first field of data, real numbers; nothing is learnt.</summary>
    /// <param name="model">A built module.</param>
    /// <param name="data">What it is measured on, in one pass.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">What is measured beside the loss.</param>
    public static ValidationResult Evaluate<TModel>(this TModel model, DataLoader data, BatchLoss loss, params IReadOnlyList<Metric> metrics)
        where TModel : Module, ILayer
        => Evaluate(batch => model.Forward(batch.Numbers(0)), data, loss, metrics);

    /// <summary>Measures what is computed from a batch.</summary>
    /// <param name="forward">Runs the model on a batch.</param>
    /// <param name="data">What it is measured on, in one pass.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">What is measured beside the loss.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    public static ValidationResult Evaluate(Func<BatchTensors, Tensor> forward, DataLoader data, BatchLoss loss, IReadOnlyList<Metric> metrics, CancellationToken cancellation = default)
    {
        using ModulePass pass = new(forward, loss, data.Data.Fields.Count, new TapeOptions { Recording = false, Name = "evaluation" });
        return pass.Measure(data, metrics, cancellation);
    }
}
