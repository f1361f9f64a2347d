using System.Globalization;
using Inkling.App.Training;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>How far a training is, on standard error: one line that is written over on a terminal, a line every ten seconds elsewhere.</summary>
/// <param name="output">Where to.</param>
/// <param name="terminal">Whether lines can be written over.</param>
internal sealed class VectorsProgress(TextWriter output, bool terminal) : IProgress<WordVectorProgress>
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TimeSpan _said;
    private bool _open;

    /// <summary>Whether anything has been learnt.</summary>
    public bool HasLearnt { get; private set; }

    /// <inheritdoc/>
    public void Report(WordVectorProgress value)
    {
        lock (_lock)
        {
            HasLearnt |= value.Done > 0;
            if (!terminal && value.Elapsed - _said < s_between) return;
            _said = value.Elapsed;
            string line = value.Epoch == 0 ? "counting pairs ..." : string.Create(CultureInfo.InvariantCulture,
                $"pass {value.Epoch} of {value.Epochs}, {100.0 * value.Done / Math.Max(1, value.Total):0} %, {value.PerSecond:#,0}/s{(value.Remaining is { } left ? $", {TrainingWords.Time(left)} left" : "")}");
            if (terminal) output.Write($"\r{line.PadRight(70)}");
            else output.WriteLine(line);
            _open = terminal;
        }
    }

    /// <summary>Says something in a line of its own.</summary>
    public void Say(string line)
    {
        lock (_lock)
        {
            End();
            output.WriteLine(line);
        }
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_open) output.WriteLine();
            _open = false;
        }
    }
}
