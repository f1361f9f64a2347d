using System.Reflection;
using Inkling.Golden;
using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Every optimizer against 100 steps of PyTorch's, and what a training loop relies on.</summary>
public sealed class OptimizerTraceTests
{
    private const int Steps = 100;

    public static TheoryData<string> Names => EveryOptimizer.Names;

    [Fact]
    public void Every_optimizer_is_here()
    {
        Type[] tested = [.. EveryOptimizer.Cases.Values.Select(make => make(Set(1).Set).GetType()).Distinct()];
        Type[] all = [.. typeof(Optimizer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Optimizer)) && t != typeof(Lbfgs))];
        Assert.Equal(all.OrderBy(t => t.Name), tested.OrderBy(t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hundred_steps_are_those_of_PyTorch(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("optimizers");
        float[] start = golden.Values("problem", "in.start"), goal = golden.Values("problem", "in.goal"), curvature = golden.Values("problem", "in.curvature"), noise = golden.Values("problem", "in.noise");
        (ParameterSet set, Parameter w) = Set(start.Length);
        start.CopyTo(w.Values);
        Optimizer optimizer = EveryOptimizer.Cases[name](set);
        float[] trace = new float[Steps * start.Length];
        for (int t = 0; t < Steps; t++)
        {
            for (int i = 0; i < start.Length; i++) w.Gradients[i] = (curvature[i] * (w.Values[i] - goal[i])) + noise[(t * start.Length) + i];
            optimizer.Step();
            w.Values.CopyTo(trace.AsSpan(t * start.Length));
        }

        golden.AssertClose(name, "out.trace", trace);
        Assert.All(set.Values[start.Length..].ToArray(), padding => Assert.Equal(0, padding));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_thread_and_two_agree_in_every_bit_and_no_step_allocates(string name)
    {
        const int Length = 100_003;
        float[] Run(Team team)
        {
            (ParameterSet set, Parameter w) = Set(Length);
            for (int i = 0; i < Length; i++) w.Values[i] = CounterRandom.Uniform(1, 2, (ulong)i) - 0.5f;
            Optimizer optimizer = EveryOptimizer.Cases[name](set);
            optimizer.Team = team;
            for (int t = 0; t < 5; t++)
            {
                for (int i = 0; i < Length; i++) w.Gradients[i] = w.Values[i] + (0.1f * (((i * 31) + (t * 17)) % 13)) - 0.6f;
                optimizer.Step();
            }

            float[] after = w.Values.ToArray();
            Allocation.AssertNone(optimizer.Step);
            return after;
        }

        using Team two = new(2);
        Assert.Equal(Run(Team.Single), Run(two));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_taken_up_from_its_state_goes_on_as_if_nothing_had_happened(string name)
    {
        static void Go(Optimizer optimizer, Parameter w, int from, int to)
        {
            for (int t = from; t < to; t++)
            {
                for (int i = 0; i < w.Values.Length; i++) w.Gradients[i] = w.Values[i] + MathF.Sin((3 * i) + t);
                optimizer.Step();
            }
        }

        (ParameterSet firstSet, Parameter first) = Set(37);
        Optimizer through = EveryOptimizer.Cases[name](firstSet);
        Go(through, first, 0, 7);
        (ParameterSet secondSet, Parameter second) = Set(37);
        Optimizer resumed = EveryOptimizer.Cases[name](secondSet);
        first.Values.CopyTo(second.Values);
        foreach (string state in through.StateNames) through.State(state).CopyTo(resumed.State(state));
        resumed.Steps = through.Steps;
        Go(through, first, 7, 20);
        Go(resumed, second, 7, 20);
        Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
    }

    private static (ParameterSet Set, Parameter W) Set(int length)
    {
        Parameter w = new("w", [length]);
        return (new ParameterSet([w]), w);
    }
}
