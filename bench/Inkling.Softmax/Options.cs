using System.Globalization;

namespace Inkling.SoftmaxComparison;

/// <summary>The command line of bench/softmax.</summary>
internal sealed record Options
{
    public const string Usage = "bench/softmax [--kinds full,adaptive,adaptive-K,sampled-N] [--epochs N] [--rate R] [--dropout P] [--seed N] [--threads N] [--corpus FOLDER]";

    /// <summary>The losses to train with, one after the other.</summary>
    public string[] Kinds { get; init; } = ["full", "adaptive", "sampled-1024"];

    /// <summary>Passes over the training text.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The learning rate at its highest.</summary>
    public float Rate { get; init; } = 0.002f;

    /// <summary>Dropout of the word vectors and of the LSTM's output.</summary>
    public double Dropout { get; init; }

    /// <summary>Seed of weights, dropout and samples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; results do not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where <c>ptb.train.txt</c> and <c>ptb.valid.txt</c> are; null for beside the repository.</summary>
    public string? Corpus { get; init; }

    /// <summary>Reads the command line; null if it is wrong.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options();
        try
        {
            for (int i = 0; i < args.Length; i += 2)
            {
                string value = args[i + 1];
                options = args[i] switch
                {
                    "--kinds" => options with { Kinds = value.Split(',') },
                    "--epochs" => options with { Epochs = int.Parse(value, CultureInfo.InvariantCulture) },
                    "--rate" => options with { Rate = float.Parse(value, CultureInfo.InvariantCulture) },
                    "--dropout" => options with { Dropout = double.Parse(value, CultureInfo.InvariantCulture) },
                    "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                    "--threads" => options with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                    "--corpus" => options with { Corpus = value },
                    _ => throw new FormatException(),
                };
            }
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }

        return options;
    }
}
