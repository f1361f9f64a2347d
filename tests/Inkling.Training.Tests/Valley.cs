using Inkling.Numerics;

namespace Inkling.Training.Tests;

/// <summary>
/// A made-up task: eight numbers that are drawn to a known place, with noise that depends on the step and on a state carried from step
/// to step, as a recurrent model's is. Allocates nothing per step.
/// </summary>
internal sealed class Valley : ITrainable
{
    private readonly float[] _carried = new float[1];
    private readonly Parameter _place = new("place", [8]);

    public Valley() => Parameters = new ParameterSet([_place]);

    public ParameterSet Parameters { get; }

    public long StepsPerEpoch { get; init; } = 10;

    /// <summary>What each validation finds, in turn; the distance from the goal when none is given.</summary>
    public Func<int, double>? Script { get; init; }

    /// <summary>From this step on, the loss is not a number.</summary>
    public long BreaksAt { get; init; } = long.MaxValue;

    /// <summary>Runs within each step, before anything else.</summary>
    public Action<long>? During { get; set; }

    /// <summary>Runs within each validation, before anything else.</summary>
    public Action? Measuring { get; set; }

    public int Validations { get; private set; }

    public StepResult Step(long step)
    {
        During?.Invoke(step);
        _carried[0] = (0.9f * _carried[0]) + CounterRandom.Uniform(7, 1, (ulong)step) - 0.5f;
        float sum = 0;
        for (int i = 0; i < 8; i++)
        {
            float difference = _place.Values[i] - i - (0.1f * _carried[0]);
            _place.Gradients[i] = difference;
            sum += difference * difference;
        }

        return new StepResult(step >= BreaksAt ? double.NaN : sum / 2, 8, 8);
    }

    public ValidationResult? Validate(CancellationToken cancellation)
    {
        Measuring?.Invoke();
        cancellation.ThrowIfCancellationRequested();
        double distance = 0;
        for (int i = 0; i < 8; i++) distance += Math.Abs(_place.Values[i] - i);
        return new ValidationResult(Script?.Invoke(Validations++) ?? distance);
    }

    public void Save(StateWriter state) => state.Array("valley.carried", [1], () => _carried);

    public void Restore(StateReader state) => state.Array("valley.carried", [1], _carried);
}
