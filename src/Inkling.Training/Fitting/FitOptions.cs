using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

namespace Inkling.Training;

/// <summary>How <see cref="ModuleTraining"/> trains.</summary>
public sealed record FitOptions
{
    /// <summary>Passes over the data, more than 0. Default: 10.</summary>
    public double Epochs { get; init; } = 10;

    /// <summary>What the model is measured on after each pass; null, the default, for nothing.</summary>
    public DataLoader? Validation { get; init; }

    /// <summary>What is measured beside the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>The metric that decides what is best; null, the default, for the validation loss.</summary>
    public string? Monitor { get; init; }

    /// <summary>Validations without a new best after which training stops. Default: it goes on.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>How the optimizer's learning rate develops; null, the default, for constant.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>Steps over which the learning rate rises from 0. Default: none.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Gradients are scaled down to this global norm when they exceed it. Default: 0, not at all.</summary>
    public float ClipNorm { get; init; }

    /// <summary>
    /// Where the run leaves its traces: <c>log.csv</c>, <c>curves.svg</c>, an event file for TensorBoard, <c>best.safetensors</c>, <c>last.safetensors</c> and
    /// <c>state.safetensors</c>. Null, the default, for none.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>What the picture of the curves is called. Default: <c>Training</c>.</summary>
    public string Title { get; init; } = "Training";

    /// <summary>Whether a run that left a state in <see cref="Folder"/> is taken up again. Default: no.</summary>
    public bool Resume { get; init; }

    /// <summary>What else takes part, in order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Receives reports now and then, with an estimate of the time that is left.</summary>
    public IProgress<TrainerProgress>? Progress { get; init; }

    /// <summary>Lets another thread pause the run.</summary>
    public PauseGate? Pause { get; init; }

    /// <summary>The threads; null, the default, for all cores. Results do not depend on it.</summary>
    public Team? Team { get; init; }

    /// <summary>Decides what dropout and the like draw. Default: 0.</summary>
    public ulong Seed { get; init; }
}
