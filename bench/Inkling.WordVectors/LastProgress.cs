using Inkling.Language;

namespace Inkling.WordVectorBench;

/// <summary>Keeps the last word of a training and says now and then how it goes.</summary>
internal sealed class LastProgress : IProgress<WordVectorProgress>
{
    private TimeSpan _said;

    public WordVectorProgress Value { get; private set; }

    public void Report(WordVectorProgress value)
    {
        Value = value;
        if (value.Elapsed - _said < TimeSpan.FromSeconds(10)) return;
        _said = value.Elapsed;
        Console.Error.WriteLine($"epoch {value.Epoch}/{value.Epochs}, {value.PerSecond:F0}/s, {value.Remaining?.TotalSeconds:F0} s left");
    }
}
