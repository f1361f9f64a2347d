using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Inkling.App.Running;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>Runs a command with the values of a trial; the last numbers on its standard output are the values of the objectives.</summary>
/// <param name="space">The parameters.</param>
/// <param name="template">The command.</param>
/// <param name="limit">How long one run may take; null for as long as it likes.</param>
internal sealed class CommandObjective(SearchSpace space, CommandTemplate template, TimeSpan? limit) : ITuneObjective
{
    // A program that is told to end at Ctrl+C ends a moment before we hear of it.
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(500);

    // A child that it has left behind may hold its output open for as long as it likes.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private const int EndedByInterrupt = 128 + 2, EndedByTermination = 128 + 15, ErrorLines = 3;

    /// <summary>Checks that program and holes are there, before the first trial.</summary>
    /// <exception cref="FailureException">They are not.</exception>
    public static CommandObjective Create(SearchSpace space, string command, TimeSpan? limit)
    {
        var template = CommandTemplate.Parse(command);
        string[] names = [.. space.Parameters.Select(parameter => parameter.Name)];
        string? unknown = template.Holes.FirstOrDefault(hole => hole != CommandTemplate.Trial && !names.Contains(hole));
        if (unknown is not null) throw FailureException.Usage($"--command: {{{unknown}}} is none of the parameters of the space ({string.Join(", ", names)})");
        string? unused = names.FirstOrDefault(name => !template.Holes.Contains(name));
        if (unused is not null) throw FailureException.Usage($"--command: the parameter \"{unused}\" of the space is not in it; write {{{unused}}} where its value goes");
        if (template.HasOneProgram) template.FindProgram(_ => "");
        return new CommandObjective(space, template, limit);
    }

    /// <inheritdoc/>
    public async ValueTask<double[]> RunAsync(Trial trial, CancellationToken stop)
    {
        var values = space.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Values.Text(trial.Suggest(parameter.Name, parameter.Values)));
        values.TryAdd(CommandTemplate.Trial, trial.Number.ToString(CultureInfo.InvariantCulture));
        var start = new ProcessStartInfo(FindProgram(values)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string word in template.Fill(name => values[name]).Skip(1))
            start.ArgumentList.Add(word);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (limit is { } most) patience.CancelAfter(most);
        using Process process = Start(start);
        try
        {
            process.StandardInput.Close();
            using var reading = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            Task<(string Text, double? Value)[]> numbers = LastNumbersAsync(process.StandardOutput, trial.Study.Directions.Length, reading.Token);
            Task<string> errors = LastLinesAsync(process.StandardError, reading.Token);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            if (process.ExitCode is EndedByInterrupt or EndedByTermination) await Task.Delay(Echo, stop).ConfigureAwait(false);
            reading.CancelAfter(Rest);
            (string Text, double? Value)[] found = await numbers.ConfigureAwait(false);
            string said = await errors.ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (process.ExitCode != 0) throw new TrialFailedException($"The command ended with {process.ExitCode}: {said}");
            return Values(found, trial.Study.Directions.Length);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TrialFailedException(string.Create(CultureInfo.InvariantCulture, $"The command took longer than {limit!.Value.TotalSeconds:0.###} s and was ended."));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private string FindProgram(Dictionary<string, string> values)
    {
        try
        {
            return template.FindProgram(name => values[name]);
        }
        catch (FailureException wrong)
        {
            throw new TrialFailedException(wrong.Message, wrong);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception wrong)
        {
            throw new TrialFailedException($"The command cannot be started: {wrong.Message}", wrong);
        }
    }

    /// <summary>The values of the objectives.</summary>
    /// <param name="found">The last numbers of the output, at most one an objective.</param>
    /// <param name="count">Number of objectives.</param>
    /// <exception cref="TrialFailedException">There are too few, or one may be read in two ways.</exception>
    internal static double[] Values((string Text, double? Value)[] found, int count)
    {
        if (found.Length != count) throw new TrialFailedException($"The command printed {found.Length} numbers for {count} objectives.");
        return [.. found.Select(one => one.Value ?? throw new TrialFailedException(
            $"The command printed \"{one.Text}\", which may be one number or several; print numbers with a point, without separators of thousands, and spaces between them."))];
    }

    private static async Task<(string Text, double? Value)[]> LastNumbersAsync(StreamReader output, int count, CancellationToken stop)
    {
        var last = new Queue<(string Text, double? Value)>();
        while (await NextLineAsync(output, stop).ConfigureAwait(false) is { } line)
        {
            foreach ((string Text, double? Value) number in OutputNumbers.Find(line))
            {
                last.Enqueue(number);
                if (last.Count > count) last.Dequeue();
            }
        }

        return [.. last];
    }

    private static async Task<string> LastLinesAsync(StreamReader errors, CancellationToken stop)
    {
        var last = new Queue<string>();
        while (await NextLineAsync(errors, stop).ConfigureAwait(false) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            last.Enqueue(line.Trim());
            if (last.Count > ErrorLines) last.Dequeue();
        }

        return last.Count == 0 ? "it said nothing on standard error." : string.Join(" / ", last);
    }

    // When time is up, what was read counts; whether it was up for the trial is seen where the process is waited for.
    private static async ValueTask<string?> NextLineAsync(StreamReader lines, CancellationToken stop)
    {
        try
        {
            return await lines.ReadLineAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
