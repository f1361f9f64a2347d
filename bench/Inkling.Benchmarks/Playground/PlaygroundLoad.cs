using System.Diagnostics;
using System.Globalization;

namespace Inkling.Benchmarks.Playground;

/// <summary>
/// Visitors of the playground, one and twenty at once, each over a web socket of its own on the program as it is built: epochs a second, the wait from a frame that was drawn
/// to the next, and the memory of the program.
/// </summary>
internal static class PlaygroundLoad
{
    /// <summary>The spiral of the playground's bar: x, y and their sines, 2 × 8 tanh neurons, Adam 0.01, batches of 10.</summary>
    public const string Spiral = "dataset=spiral&sinX=true&sinY=true&networkShape=8,8&optimizer=adam&learningRate=0.01&batchSize=10";

    private const double Learnt = 0.02;
    private const string Points = "/playground/socket", Letters = "/playground/letters/socket";

    /// <summary>Runs all of it and prints a table.</summary>
    /// <param name="args">Seconds of each visit; 10 unless given.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Inkling.slnx"))) root = Path.GetDirectoryName(root)!;
        string program = Path.Combine(root, "apps/Inkling.App/bin/Release/net10.0/Inkling.App.dll"), data = Directory.CreateTempSubdirectory("inkling-bench-").FullName;
        if (!File.Exists(program)) throw new FileNotFoundException($"'{program}' is not built. Run: dotnet build apps/Inkling.App -c Release");
        ProcessStartInfo start = new("dotnet", [program, "studio", "--no-browser", "--port", "0"]) { RedirectStandardOutput = true, Environment = { ["XDG_DATA_HOME"] = data } };
        using Process studio = Process.Start(start)!;
        try
        {
            Uri server = new(await ListeningAsync(studio));
            Console.WriteLine($"{Environment.ProcessorCount} processors, {seconds:0} s each");
            Console.WriteLine("visitors                 epochs/s: median, least to most     next frame, ms: median, 95 %, longest     program");
            await VisitAsync("one, spiral", 1, 0);
            await VisitAsync("one, letters", 0, 1);
            await VisitAsync("twenty, spiral", 20, 0);
            await VisitAsync("sixteen and four letters", 16, 4);

            async Task VisitAsync(string name, int points, int letters)
            {
                PlaygroundVisitor[] visitors =
                [
                    .. Enumerable.Range(1, points).Select(seed => new PlaygroundVisitor(Points, $"{Spiral}&seed={seed}")),
                    .. Enumerable.Range(1, letters).Select(seed => new PlaygroundVisitor(Letters, $"seed={seed}")),
                ];
                await Task.WhenAll(visitors.Select(visitor => visitor.VisitAsync(server, seconds, Learnt)));
                studio.Refresh();
                Report(name, visitors, studio.WorkingSet64);
            }
        }
        finally
        {
            studio.Kill();
            await studio.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }

        return 0;
    }

    private static void Report(string name, PlaygroundVisitor[] visitors, long memory)
    {
        double[] speeds = [.. visitors.Select(visitor => visitor.EpochsPerSecond).Order()], waits = [.. visitors.SelectMany(visitor => visitor.Waits).Order()];
        double[] learnt = [.. visitors.Select(visitor => visitor.SecondsToLearn).Where(double.IsFinite).Order()];
        string told = learnt.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; test loss below {Learnt} with {learnt.Length} of {visitors.Length}, after {learnt[learnt.Length / 2]:0.0} s, the last after {learnt[^1]:0.0} s");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-24} {speeds[speeds.Length / 2],9:0.0}, {speeds[0]:0.0} to {speeds[^1]:0.0}      {waits[waits.Length / 2],9:0.0}, {waits[(int)(waits.Length * 0.95)]:0.0}, {waits[^1]:0.0}      {memory / 1e6:0} MB{told}"));
    }

    private static async Task<string> ListeningAsync(Process studio)
    {
        const string Said = "listening on ";
        while (await studio.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(Said, StringComparison.Ordinal)) return line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..].Trim();
        }

        throw new InvalidOperationException("The program ended before it listened.");
    }
}
