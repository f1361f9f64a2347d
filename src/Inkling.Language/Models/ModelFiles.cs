namespace Inkling.Language;

/// <summary>The names of the files in a model folder.</summary>
public static class ModelFiles
{
    /// <summary>What the model is: <see cref="ModelManifest"/>.</summary>
    public const string Config = "config.json";

    /// <summary>The tokenizer, in the Hugging Face format.</summary>
    public const string Tokenizer = "tokenizer.json";

    /// <summary>The weights in 8 bits: <see cref="QuantizedWeights"/>.</summary>
    public const string Weights = "weights.safetensors";

    /// <summary>The n-gram model; optional.</summary>
    public const string NGrams = "ngrams.bin";

    /// <summary>What people should know about the model.</summary>
    public const string Card = "MODEL_CARD.md";

    /// <summary>The folder of what only training needs.</summary>
    public const string Training = "training";

    /// <summary>In <see cref="Training"/>: the best weights in 32 bits, to train on from.</summary>
    public const string TrainingWeights = "weights.safetensors";

    /// <summary>In <see cref="Training"/>: the state of the run, to resume it exactly.</summary>
    public const string TrainingState = "state.safetensors";
}
