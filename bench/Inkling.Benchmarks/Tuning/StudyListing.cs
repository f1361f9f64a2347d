using System.Diagnostics;
using System.Globalization;
using Inkling.Tuning;

namespace Inkling.Benchmarks.Tuning;

/// <summary>
/// How long it takes to read all trials of a large study from SQLite: in a process that has read nothing before, and again. Each reading opens the file anew;
/// each process is one of five, since the first one pays for native code.
/// </summary>
internal static class StudyListing
{
    private const int Processes = 5, Readings = 21;

    public static int Run(string[] args)
    {
        if (args is ["make", string made, string count]) return Make(made, int.Parse(count, CultureInfo.InvariantCulture));
        if (args is ["read", string read]) return Read(read);
        int trials = args is [string number] ? int.Parse(number, CultureInfo.InvariantCulture) : 10_000;
        string folder = Directory.CreateTempSubdirectory("inkling-listing-").FullName, file = Path.Combine(folder, "studies.db");
        try
        {
            Child("make", file, trials.ToString(CultureInfo.InvariantCulture));
            double[][] seen = [.. Enumerable.Range(0, Processes).Select(_ => Child("read", file).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trials} trials, {new FileInfo(file).Length / 1e6:0.0} MB: first reading of a process {Median(seen, 0):0} ms, second {Median(seen, 1):0} ms, median of {Readings - 1} {Median(seen, 2):0} ms"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static int Make(string file, int trials)
    {
        using var storage = new SqliteStorage(file);
        using Study study = Study.Create(storage, "many", [Direction.Minimize], seed: 1, options: new StudyOptions { Sampler = new RandomSampler() });
        study.Optimize(trial =>
        {
            double rate = trial.Float("rate", 1e-5, 1, Scale.Log), momentum = trial.Float("momentum", 0, 1);
            int layers = trial.Integer("layers", 1, 8);
            trial.Categorical("kind", "a", "b", "c");
            trial.Report(rate, 1);
            trial.Report(momentum, 2);
            return rate + momentum + layers;
        }, new Budget { Trials = trials });
        return 0;
    }

    private static int Read(string file)
    {
        var times = new double[Readings];
        for (int i = 0; i < Readings; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            using var storage = new SqliteStorage(file);
            if (storage.ReadTrials(storage.ListStudies()[0].Id).Trials.Count == 0) return 1;
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[0]:0.0} {times[1]:0.0} {times[1..].Order().ElementAt((Readings - 1) / 2):0.0}"));
        return 0;
    }

    private static string Child(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(StudyListing).Assembly.Location);
        foreach (string arg in (string[])["studies", .. args]) start.ArgumentList.Add(arg);
        using Process child = Process.Start(start)!;
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? answer.Trim() : throw new InvalidOperationException($"{string.Join(' ', args)} ended with exit code {child.ExitCode}");
    }

    private static double Median(double[][] seen, int column) => seen.Select(times => times[column]).Order().ElementAt(seen.Length / 2);
}
