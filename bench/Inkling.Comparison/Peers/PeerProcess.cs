using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Inkling.Comparison;

/// <summary>
/// A peer in a process of its own (two native thread pools in one process disturb each other) that answers a line with a line.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _complaints = new();

    private PeerProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _complaints.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        Description = ReadLine();
    }

    /// <summary>What the peer said it is: its first line.</summary>
    public string Description { get; }

    /// <summary>Starts a script of bench/peers with a Python that has torch.</summary>
    public static PeerProcess Python(string script, int threads) => new(new ProcessStartInfo(PythonWithTorch.Path)
    {
        ArgumentList = { "-B", Path.Combine(Repository.Folder, "bench", "peers", script), Text(threads) },
    });

    /// <summary>Starts this program again in the role of a peer (<see cref="PeerRoles"/>).</summary>
    /// <param name="role">The role.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <param name="variables">Environment variables, such as the runtime's switches.</param>
    public static PeerProcess Role(string role, int threads, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { typeof(PeerProcess).Assembly.Location, PeerRoles.Argument, role, Text(threads) },
            Environment =
            {
                ["OPENBLAS_NUM_THREADS"] = Text(threads),
                // Its threads look for work for 2²² cycles (1.7 ms) instead of 2²⁶ before they sleep: long enough between two products of
                // a run, and short enough that they are asleep when it is our turn.
                ["OPENBLAS_THREAD_TIMEOUT"] = "22",
            },
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return new PeerProcess(start);
    }

    /// <summary>Asks and waits for the answer.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        return ReadLine();
    }

    /// <summary>Asks for a number.</summary>
    public double AskNumber(FormattableString line) =>
        double.Parse(Ask(FormattableString.Invariant(line)), CultureInfo.InvariantCulture);

    /// <summary>Asks for several numbers.</summary>
    public double[] AskNumbers(FormattableString line) =>
        [.. Ask(FormattableString.Invariant(line)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine()
    {
        if (_process.StandardOutput.ReadLine() is { } line)
            return line;
        _process.WaitForExit();
        throw new PeerMissingException(string.Join('\n', _complaints).Trim());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
