using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// Ours with narrower vectors against ours with the widest that the processor has, each in a process of its own. The work that loses most
/// counts.
/// </summary>
/// <param name="bits">Width: 256, 128, or 1 for no vectors at all.</param>
/// <param name="bar">What the narrower must reach; 0 where it is told for information only.</param>
internal sealed class WidthComparison(int bits, double bar) : IComparison
{
    private static readonly string[] s_works = [WorkList.MlpTraining, WorkList.Product(512, 512, 512), WorkList.Stream];

    public string Name => $"width-{bits}";

    public string Title => bits == 1
        ? "our engine without vectors against the widest vectors of the processor; 1 thread; for information"
        : $"our engine with vectors of {bits} bits against the widest of the processor; 1 thread{(bar > 0 ? "" : "; for information")}";

    public Result Run(Options options)
    {
        if (bits == 256 && !Vector512.IsHardwareAccelerated)
            throw new NotMeasurableException("not measurable here: the processor has no vectors of 512 bits to compare with");
        using PeerProcess narrow = PeerProcess.Role(WidthPeer.Role, threads: 1, (Switch, "0")), wide = PeerProcess.Role(WidthPeer.Role, threads: 1);
        if (narrow.Description != WidthPeer.Describe(bits))
            throw new DisagreementException($"{Switch}=0 was to give lanes of {bits} bits, but gave: {narrow.Description}");
        (string Work, Turns Turns)[] results = [.. s_works.Select(work => (work, Compare(work, narrow, wide, options)))];
        (string worst, Turns turns) = results.MinBy(one => one.Turns.Ratio);
        Result result = turns.ToResult("per s", bar) with
        {
            Against = "our own, " + wide.Description,
            Remark = "least of several: " + worst + (bar > 0 ? "" : "; for information"),
        };
        result.Details["works"] = new JsonObject(results.Select(one => KeyValuePair.Create(one.Work, (JsonNode?)Math.Round(one.Turns.Ratio, 3))));
        return result;
    }

    private string Switch => bits switch { 256 => "DOTNET_EnableAVX512", 128 => "DOTNET_EnableAVX2", _ => "DOTNET_EnableHWIntrinsic" };

    private static Turns Compare(string work, PeerProcess narrow, PeerProcess wide, Options options)
    {
        double seconds = options.Quick ? 0.1 : 0.5;
        narrow.Ask("start " + work);
        wide.Ask("start " + work);
        return Turns.Take(options.Turns(3, 9), () => narrow.AskNumber($"run {seconds}"), () => wide.AskNumber($"run {seconds}"));
    }
}

/// <summary>Ours in a process whose vectors have another width: <c>start WORK</c>, <c>run SECONDS</c>.</summary>
internal static class WidthPeer
{
    public const string Role = "width";

    /// <summary>What a process of that width says it is.</summary>
    public static string Describe(int bits) => bits == 1 ? "no vectors" : $"vectors of {bits} bits";

    /// <summary>Answers until standard input ends.</summary>
    public static void Serve()
    {
        Console.WriteLine(Describe(Lanes.Bits));
        Work? work = null;
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', 2);
            if (words[0] == "start")
            {
                work = WorkList.Start(words[1], Team.Single);
                Speed.WarmUp(work.Step, 0.3);
                Console.WriteLine("ready");
                continue;
            }

            Console.WriteLine(work!.Speed(double.Parse(words[1], CultureInfo.InvariantCulture), Clock.Thread).ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
