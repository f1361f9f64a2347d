using Inkling.Nn;

namespace Inkling.Playground;

/// <summary>The schedules of the library with parameters that suit the playground: an epoch count and one factor say all of them. To add one, add a line.</summary>
public static class PlaygroundSchedules
{
    // Of a setup: n steps of its epochs, f its factor.
    private static readonly (string Name, Func<long, double, ISchedule> Make)[] s_all =
    [
        ("constant", (_, _) => new ConstantSchedule()),
        ("step", (n, f) => new StepSchedule(n, Above0(f))),
        ("multi-step", (n, f) => new MultiStepSchedule([n / 2, n * 3 / 4], Above0(f))),
        ("exponential", (n, f) => new ExponentialSchedule(Math.Pow(Above0(f), 1.0 / n))),
        ("linear", (n, f) => new LinearSchedule(n, 1, f)),
        ("polynomial", (n, _) => new PolynomialSchedule(n, 2)),
        ("cosine", (n, f) => new CosineSchedule(n, 0, f)),
        ("cosine-restarts", (n, f) => new CosineRestartSchedule(n, 1, f)),
        ("one-cycle", (n, f) => new OneCycleSchedule(Math.Max(2, n), Divisor: 1 / Above0(f))),
        ("noam", (n, _) => new Peaked(new NoamSchedule(1, n), Math.Sqrt(n))),
        ("plateau", (_, f) => new PlateauSchedule { Decay = f, Floor = 0.0001 }),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(one => one.Name)];

    /// <summary>The schedule of a setup.</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="stepsPerEpoch">Updates in a pass.</param>
    internal static ISchedule Create(PlaygroundSetup setup, int stepsPerEpoch)
    {
        ISchedule schedule = s_all.First(one => one.Name == setup.Schedule).Make((long)setup.ScheduleEpochs * stepsPerEpoch, setup.ScheduleFactor);
        if (schedule is PlateauSchedule) schedule = new PlateauSchedule { Decay = setup.ScheduleFactor, Floor = 0.0001, Patience = setup.ScheduleEpochs };
        return setup.WarmupEpochs == 0 ? schedule : new WarmupSchedule((long)setup.WarmupEpochs * stepsPerEpoch, schedule);
    }

    private static double Above0(double factor) => Math.Max(1e-4, factor);

    /// <summary>A schedule whose top is the base rate: that of the Transformer has another.</summary>
    internal sealed record Peaked(ISchedule Inner, double Top) : ISchedule
    {
        public double FactorAt(long step) => Top * Inner.FactorAt(step);
    }
}
