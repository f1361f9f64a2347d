using Inkling.Golden;
using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Schedules against PyTorch's.</summary>
public sealed class ScheduleTests
{
    private static readonly Dictionary<string, ISchedule> s_cases = new()
    {
        ["step"] = new StepSchedule(7, 0.3),
        ["multi_step"] = new MultiStepSchedule([5, 20, 20, 41], 0.5),
        ["exponential"] = new ExponentialSchedule(0.93),
        ["linear"] = new LinearSchedule(31, 0.25, 0.8),
        ["polynomial"] = new PolynomialSchedule(40, 1.7),
        ["cosine"] = new CosineSchedule(59, Floor: 0.1),
        ["cosine_restarts"] = new CosineRestartSchedule(7, 2, 0.05),
        ["cosine_restarts_even"] = new CosineRestartSchedule(9),
        ["one_cycle"] = new OneCycleSchedule(60),
        ["one_cycle_linear"] = new OneCycleSchedule(60, 0.2, 10, 100, Linear: true),
        ["noam"] = new NoamSchedule(512, 12),
        ["warmup"] = new WarmupSchedule(10, new ExponentialSchedule(0.9)),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Factors_are_those_of_PyTorch(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("optimizers");
        int steps = golden.Values(name, "out.factors").Length;
        golden.AssertClose(name, "out.factors", [.. Enumerable.Range(0, steps).Select(s => (float)s_cases[name].FactorAt(s))], 1e-6);
    }

    [Theory]
    [InlineData("plateau")]
    [InlineData("plateau_relative")]
    public void Plateaus_are_found_where_PyTorch_finds_them(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("optimizers");
        PlateauSchedule schedule = name == "plateau"
            ? new() { Decay = 0.5, Patience = 2, Threshold = 1e-3, Floor = 0.2 }
            : new() { Decay = 0.3, Patience = 3, Threshold = 1e-2, RelativeThreshold = true, Cooldown = 2, Floor = 0 };
        List<float> factors = [];
        foreach (float loss in golden.Values("plateau", "in.losses"))
        {
            double before = schedule.Factor;
            Assert.Equal(schedule.Report(loss), schedule.Factor < before);
            factors.Add((float)schedule.FactorAt(0));
        }

        golden.AssertClose(name, "out.factors", [.. factors], 1e-6);
        Assert.True(factors[^1] < 0.5f);
    }

    [Fact]
    public void Schedules_refuse_what_makes_no_sense_and_hold_beyond_their_end()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(10, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineRestartSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoamSchedule(0));
        Assert.Equal(0.8, new LinearSchedule(31, 0.25, 0.8).FactorAt(1_000_000), 1e-12);
        Assert.Equal(new OneCycleSchedule(60).FactorAt(59), new OneCycleSchedule(60).FactorAt(600));
        Assert.Equal(0, new PolynomialSchedule(40).FactorAt(50));
    }
}
