using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary><c>./inkling complete</c> from the start of the process to its end, with the shipped model, against the 0.3 s of issue 3.</summary>
internal sealed class StartupComparison : IComparison
{
    private const double Limit = 0.3;

    public string Name => "startup";

    public string Title => "./inkling complete \"Thank you very m\", process start to answer, against 0.3 s (a ratio of 1 is 0.3 s)";

    public Result Run(Options options)
    {
        Complete(); // builds the program when it has to
        double[] times = new double[options.Turns(7, 21)];
        for (int i = 0; i < times.Length; i++)
            times[i] = Complete();
        double median = Turns.Median(times);
        return new Result("s", median, Limit, Limit / median, 1)
        {
            Against = "the limit",
            Remark = FormattableString.Invariant($"less is better; {times.Min():F2}–{times.Max():F2} s"),
        };
    }

    private static double Complete()
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Folder, "inkling"))
        {
            ArgumentList = { "complete", "Thank you very m" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (process.ExitCode != 0 || answer.Length == 0)
            throw new DisagreementException($"./inkling complete ended with {process.ExitCode} and said: {answer}");
        return seconds;
    }
}
