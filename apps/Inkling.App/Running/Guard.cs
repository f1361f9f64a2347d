using System.Runtime.InteropServices;

namespace Inkling.App.Running;

/// <summary>Runs a command so that Ctrl+C asks it to finish and every failure ends in one line on standard error.</summary>
internal static class Guard
{
    /// <summary>Runs <paramref name="command"/>. The token fires at the first Ctrl+C (or SIGTERM); the second ends the program at once.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Ask(context, stop));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Ask(context, stop));
        try
        {
            return await command(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("inkling: interrupted (and nothing lost)");
            return ExitCode.Interrupted;
        }
        catch (FailureException failure)
        {
            Console.Error.WriteLine($"inkling: {OneLine(failure.Message)}");
            return failure.ExitCode;
        }
        catch (Exception failure) when (Environment.GetEnvironmentVariable("INKLING_DEBUG") is null or "")
        {
            Console.Error.WriteLine($"inkling: {Describe(failure)}");
            return ExitCode.Failed;
        }
    }

    private static void Ask(PosixSignalContext context, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Interrupted);
        }

        context.Cancel = true;
        stop.Cancel();
    }

    // Exceptions of the library and of our own floors carry messages written for users; anything else is a defect and says so.
    private static string Describe(Exception failure) => failure switch
    {
        OutOfMemoryException => "out of memory; close other programs or choose a smaller preset",
        IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotSupportedException or FormatException
            => OneLine(PlainMessage.Of(failure)),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => $"unexpected {failure.GetType().Name}: {OneLine(failure.Message)} (INKLING_DEBUG=1 shows where)",
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
