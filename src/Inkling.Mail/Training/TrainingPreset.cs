namespace Inkling.Mail;

/// <summary>How large a model is and how it is trained.</summary>
public sealed record TrainingPreset
{
    /// <summary>Trains in about two minutes on two cores: for tests, demonstrations and small mailboxes.</summary>
    public static TrainingPreset Nano { get; } = new()
    {
        Name = "nano", VocabularySize = 2_048, EmbeddingWidth = 64, HiddenWidth = 128, Lanes = 16, Steps = 32, LearningRate = 5e-3, Epochs = 8, ValidationTokens = 20_000,
    };

    /// <summary>In between.</summary>
    public static TrainingPreset Small { get; } = new()
    {
        Name = "small", VocabularySize = 4_096, EmbeddingWidth = 160, HiddenWidth = 384, Lanes = 32, Steps = 48, LearningRate = 3e-3, Epochs = 6, ValidationTokens = 40_000,
    };

    /// <summary>The size of the shipped model.</summary>
    public static TrainingPreset Base { get; } = new()
    {
        Name = "base", VocabularySize = 8_192, EmbeddingWidth = 256, HiddenWidth = 640, Lanes = 32, Steps = 64, LearningRate = 5e-3, ContinuedLearningRate = 1e-3, Epochs = 6, ValidationTokens = 60_000,
    };

    /// <summary>All of them, smallest first.</summary>
    public static IReadOnlyList<TrainingPreset> All { get; } = [Nano, Small, Base];

    /// <summary>What <c>--preset</c> calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Tokens of a newly trained tokenizer.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of token vectors.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Width of the recurrent state.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>Recurrent layers. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Dropout while training. Default: 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Mails read side by side.</summary>
    public required int Lanes { get; init; }

    /// <summary>Tokens that back-propagation reaches back.</summary>
    public required int Steps { get; init; }

    /// <summary>The highest learning rate, for a new model.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The highest learning rate when training goes on from a model, so that what it knows is not lost; null for half of <see cref="LearningRate"/>. Default: null.</summary>
    public double? ContinuedLearningRate { get; init; }

    /// <summary>Passes over the mail when none are asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>Tokens of held-out mail that each validation reads at most.</summary>
    public required int ValidationTokens { get; init; }

    /// <summary>The preset of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static TrainingPreset Parse(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}'. Choose one of: {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));
}
