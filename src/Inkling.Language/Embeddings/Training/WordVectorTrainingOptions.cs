using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>What all trainers of word vectors go by.</summary>
public sealed record WordVectorTrainingOptions
{
    /// <summary>Numbers of a vector, E: 1 to 4096. Default: 100.</summary>
    public int Width { get; init; } = 100;

    /// <summary>The farthest neighbour in words, 1 to 100. Negative sampling draws a reach from 1 to this for each word. Default: 5; GloVe 10.</summary>
    public int? Window { get; init; }

    /// <summary>Passes over the text, at least 1. Default: 5; GloVe 25.</summary>
    public int? Epochs { get; init; }

    /// <summary>The learning rate at the beginning, above 0. Default: 0.025; CBOW, subwords and GloVe 0.05.</summary>
    public float? Rate { get; init; }

    /// <summary>Words drawn for each that was there, 1 to 50; not for GloVe. Default: 5.</summary>
    public int Negative { get; init; } = 5;

    /// <summary>Words more frequent than this share are skipped now and then, at random; 0 for never; not for GloVe. Default: 0.001.</summary>
    public double Sample { get; init; } = 1e-3;

    /// <summary>Decides all chance: equal seeds give equal bits, on any number of threads. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Who works; null, the default, for one thread a processor.</summary>
    public Team? Team { get; init; }

    /// <summary>Vectors of <see cref="Width"/> to begin with for the words that they know; null, the default, for random ones. Not for subwords.</summary>
    public WordVectors? Start { get; init; }

    internal const float LeastRateShare = 1e-4f;

    internal void Check(string trainer)
    {
        Within(Width, 1, 4096, nameof(Width));
        Within(Window ?? 1, 1, 100, nameof(Window));
        Within(Epochs ?? 1, 1, int.MaxValue, nameof(Epochs));
        Within(Negative, 1, 50, nameof(Negative));
        if (Rate is { } rate && !(rate > 0 && float.IsFinite(rate))) throw new ArgumentException($"{trainer}: the rate {rate} is not above 0.");
        if (!(Sample >= 0 && double.IsFinite(Sample))) throw new ArgumentException($"{trainer}: the share {Sample} from which words are skipped is not 0 or more.");
        if (Start is { } start && start.Width != Width) throw new ArgumentException($"{trainer}: the vectors to begin with have {start.Width} numbers, those to learn {Width}. Ask for {start.Width}.");
        void Within(int value, int least, int most, string name)
        {
            if (value < least || value > most) throw new ArgumentException($"{trainer}: {name} is {value}; it is {least} to {most}.");
        }
    }
}
