using System.Text.Json.Nodes;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// A team of two threads against the caller alone, by the wall; the results must be the same bits. Of several works the one that gains least counts.
/// </summary>
internal sealed class ScalingComparison(string name, string title, double bar, string[] works) : IComparison
{
    private const int StepsThatAgree = 3;

    public string Name => name;

    public string Title => title;

    public Result Run(Options options)
    {
        if (Environment.ProcessorCount < 2)
            throw new NotMeasurableException("there is one processor only");
        using var two = new Team(2);
        using var one = new Team(1);
        (string Work, Result Result)[] results = [.. works.Select(work => (work, Compare(WorkList.Start(work, two), WorkList.Start(work, one), options)))];
        (string worst, Result result) = results.MinBy(one => one.Result.Ratio);
        result = result with { Against = "our own, one thread", Remark = works.Length > 1 ? "least of several: " + worst : "" };
        if (works.Length > 1)
            result.Details["works"] = new JsonObject(results.Select(one => KeyValuePair.Create(one.Work, (JsonNode?)Math.Round(one.Result.Ratio, 3))));
        return result;
    }

    private Result Compare(Work two, Work one, Options options)
    {
        for (int i = 0; i < StepsThatAgree; i++)
        {
            two.Step();
            one.Step();
        }

        if (!two.Fingerprint().AsSpan().SequenceEqual(one.Fingerprint()))
            throw new DisagreementException($"{one.Name}: two threads give other bits than one");
        Speed.WarmUp(two.Step, 0.2);
        Speed.WarmUp(one.Step, 0.2);
        double seconds = options.Quick ? 0.15 : 0.6;
        return Turns.Take(options.Turns(3, 15), () => two.Speed(seconds, Clock.Wall), () => one.Speed(seconds, Clock.Wall)).ToResult(one.Unit, bar);
    }
}
