using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// Two threads of ours while another process keeps a processor busy, against one thread beside the same process: a pool that waits for a
/// thread which the system has put aside would collapse.
/// </summary>
internal sealed class DisturbedComparison(string work) : IComparison
{
    private const double Bar = 0.9;

    public string Name => "disturbed-" + work;

    public string Title => $"{work}: two threads beside a process that keeps a processor busy, against one thread there";

    public Result Run(Options options)
    {
        if (Environment.ProcessorCount < 2)
            throw new NotMeasurableException("there is one processor only");
        using var pair = new Team(2);
        using var single = new Team(1);
        Work two = WorkList.Start(work, pair), one = WorkList.Start(work, single);
        Speed.WarmUp(two.Step, 0.3);
        Speed.WarmUp(one.Step, 0.3);
        // Longer than the slices in which the system gives a processor away.
        double seconds = options.Quick ? 0.4 : 1;
        double alone = one.Speed(seconds, Clock.Wall);
        using PeerProcess busy = PeerProcess.Role(BusyPeer.Role, threads: 1);
        Result result = Turns.Take(options.Turns(3, 15), () => two.Speed(seconds, Clock.Wall), () => one.Speed(seconds, Clock.Wall)).ToResult(one.Unit, Bar);
        result.Details["oneThreadUndisturbed"] = Result.Figure(alone);
        return result with { Against = "our own, one thread, disturbed too" };
    }
}

/// <summary>A process that computes until its standard input ends.</summary>
internal static class BusyPeer
{
    public const string Role = "busy";

    private static volatile bool s_stop;

    /// <summary>Keeps a processor busy.</summary>
    public static void Serve()
    {
        var spinner = new Thread(() =>
        {
            while (!s_stop)
                Thread.SpinWait(100);
        });
        spinner.Start();
        Console.WriteLine("a busy process");
        while (Console.ReadLine() is not null)
        {
        }

        s_stop = true;
        spinner.Join();
    }
}
