using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Inkling.App.Tests.Cli;

/// <summary>What a run of the program did.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>The only line on standard error.</summary>
    public string ErrorLine => Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Runs the built program as a process of its own.</summary>
internal sealed class InklingProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new(), _errors = new();

    private InklingProcess(string[] arguments, string dataHome, string? input, bool open = false)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = dataHome,
        };
        foreach (string argument in (string[])[ProgramFile, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_DATA_HOME"] = dataHome;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (input is not null)
        {
            _process.StandardInput.Write(input);
        }

        if (!open) _process.StandardInput.Close();
    }

    private static string ProgramFile { get; } = typeof(CommandLine).Assembly.Location;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Starts the program.</summary>
    public static InklingProcess Start(string dataHome, params string[] arguments) => new(arguments, dataHome, input: null);

    /// <summary>Starts the program with a standard input that stays open.</summary>
    public static InklingProcess StartOpen(string dataHome, params string[] arguments) => new(arguments, dataHome, input: null, open: true);

    /// <summary>Writes a line to its standard input.</summary>
    public void Say(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<Outcome> RunAsync(string dataHome, string[] arguments, string? input = null)
    {
        using var process = new InklingProcess(arguments, dataHome, input);
        return await process.EndAsync();
    }

    /// <summary>Waits until standard output or standard error holds a text.</summary>
    public async Task WaitForAsync(string text)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!Output.Contains(text, StringComparison.Ordinal) && !Errors.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"ended before it said \"{text}\": {Output}{Errors}");
            await Task.Delay(20, late.Token);
        }
    }

    /// <summary>What Ctrl+C sends.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, 2));

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Slay() => Assert.Equal(0, Kill(_process.Id, 9));

    /// <summary>Waits for the end.</summary>
    public async Task<Outcome> EndAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(late.Token);
        return new Outcome(_process.ExitCode, Output, Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
