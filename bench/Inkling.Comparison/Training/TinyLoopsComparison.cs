using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>The tiny network in our library and in hand-written loops (issue 3: at most 1.35 times their time, so 0.74 of their speed).</summary>
internal sealed class TinyLoopsComparison : IComparison
{
    private const double Bar = 0.74;
    private const int StepsThatAgree = 200;
    private const double Tolerance = 1e-4;

    public string Name => "mlp-tiny-loops";

    public string Title => "training a tiny network of 2-8-8-1, tanh, batch 10, SGD, against hand-written scalar loops for it; 1 thread";

    public Result Run(Options options)
    {
        using var training = new TinyMlpTraining(Team.Single);
        var loops = new TinyMlpLoops(training.Parameters);
        Agree(training, loops);
        // Seconds, so that the optimising compiler has seen both.
        Speed.WarmUp(training.Step, 1);
        Speed.WarmUp(() => loops.Step(), 1);
        double seconds = options.Quick ? 0.3 : 1;
        Turns turns = Turns.Take(
            options.Turns(9, 21),
            () => Speed.Of(training.Step, seconds, Clock.Thread),
            () => Speed.Of(() => loops.Step(), seconds, Clock.Thread));
        return turns.ToResult("steps/s", Bar) with { Against = "plain C# loops, MathF.Tanh" };
    }

    private static void Agree(TinyMlpTraining training, TinyMlpLoops loops)
    {
        for (int i = 0; i < StepsThatAgree; i++)
        {
            training.Step();
            loops.Step();
        }

        float[][] theirs = loops.Weights;
        for (int i = 0; i < theirs.Length; i++)
        {
            Span<float> ours = training.Parameters[i].Values;
            for (int j = 0; j < ours.Length; j++)
            {
                if (!(Math.Abs(ours[j] - theirs[i][j]) <= Tolerance))
                    throw new DisagreementException($"after {StepsThatAgree} steps {training.Parameters[i].Name}[{j}] is {ours[j]}, of the loops {theirs[i][j]}");
            }
        }
    }
}
