using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;

namespace Inkling.Comparison;

/// <summary>
/// <c>samples/NativeAot</c> compiled ahead of time against the same program under the JIT, with the same instruction set, one thread. The
/// net that loses most counts.
/// </summary>
internal sealed class NativeAotComparison : IComparison
{
    private static readonly (string Net, int Steps)[] s_nets = [("pictures", 600), ("numbers", 200)];

    public string Name => "aot";

    public string Title => "training in samples/NativeAot: compiled ahead of time against the JIT; 1 thread";

    public Result Run(Options options)
    {
        string instructions = Vector512.IsHardwareAccelerated ? "x86-64-v4" : "x86-64-v3", folder = Path.Combine(Repository.Folder, ".work", "aot");
        string native = Path.Combine(folder, instructions), managed = Path.Combine(folder, "jit");
        Publish(native, "-r", "linux-x64", $"-p:IlcInstructionSet={instructions}");
        Publish(managed);
        var start = new ProcessStartInfo(Path.Combine(native, "NativeAot"));
        var startManaged = new ProcessStartInfo("dotnet") { ArgumentList = { Path.Combine(managed, "NativeAot.dll") } };
        (string Net, Turns Turns)[] results = [.. s_nets.Select(one =>
        {
            int steps = options.Quick ? one.Steps : one.Steps * 5;
            return (one.Net, Turns.Take(options.Turns(5, 9), () => Speed(start, one.Net, steps), () => Speed(startManaged, one.Net, steps)));
        })];
        (string worst, Turns turns) = results.MinBy(one => one.Turns.Ratio);
        Result result = turns.ToResult("steps/s", 0.9) with { Against = "the JIT", Remark = $"{instructions}; least of several: {worst}" };
        result.Details["works"] = new JsonObject(results.Select(one => KeyValuePair.Create(one.Net, (JsonNode?)Math.Round(one.Turns.Ratio, 3))));
        return result;
    }

    // A folder of intermediate files of its own: publishing for one platform would change those of the ordinary build.
    private static void Publish(string output, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            "publish", Path.Combine(Repository.Folder, "samples", "NativeAot"), "-c", "Release", "--artifacts-path", output + ".build", "-o", output,
            "--nologo", "-v", "quiet", "-p:UseSharedCompilation=false", .. arguments,
        ];
        foreach (string argument in all)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + complaints.Result;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new PeerMissingException($"samples/NativeAot cannot be published (it needs clang and zlib1g-dev): {said.Trim().Split('\n')[0]}");
    }

    private static double Speed(ProcessStartInfo program, string net, int steps)
    {
        var start = new ProcessStartInfo(program.FileName) { RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. program.ArgumentList, steps.ToString(CultureInfo.InvariantCulture), net])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || !said.Contains("the same again", StringComparison.Ordinal))
            throw new DisagreementException($"{program.FileName} ended with {process.ExitCode} and said: {said}");
        return double.Parse(said[..said.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }
}
