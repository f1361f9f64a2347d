using Inkling.Training;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>The training of a task with chosen values on all of its data, where a trial takes a part of them and fewer epochs.</summary>
/// <param name="summary">What it learns from, for how long, and what it is measured on.</param>
/// <param name="classes">What the network tells apart.</param>
internal abstract class WholeTraining(string summary, IReadOnlyList<string> classes)
{
    /// <summary>What it learns from, for how long, and what it is measured on.</summary>
    public string Summary => summary;

    /// <summary>What the network tells apart.</summary>
    public IReadOnlyList<string> Classes => classes;

    /// <summary>Trains; ended early, it goes on with the best network so far.</summary>
    /// <param name="trial">Asked for the values.</param>
    /// <param name="progress">Told how it goes, on the thread that trains.</param>
    /// <param name="pause">Holds it between two steps.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="Running.FailureException">Nothing came of it.</exception>
    public abstract WholeResult Run(Trial trial, IProgress<TrainerProgress> progress, PauseGate pause, CancellationToken stop);
}

/// <summary>What a <see cref="WholeTraining"/> ends with.</summary>
/// <param name="Accuracy">Share of the test examples that the network gets right; it has seen none of them before.</param>
/// <param name="Recall">The same for each class.</param>
/// <param name="Epochs">Passes over the data; less than planned if it was ended early.</param>
/// <param name="BestEpoch">The one whose network was kept.</param>
/// <param name="Elapsed">How long training took.</param>
/// <param name="Network">The network as an ONNX file.</param>
internal sealed record WholeResult(double Accuracy, IReadOnlyList<double> Recall, double Epochs, double BestEpoch, TimeSpan Elapsed, byte[] Network);
