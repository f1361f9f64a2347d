using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>What a model folder holds, read and checked.</summary>
internal sealed record ModelParts(string Folder, ModelConfig Config, Tokenizer Tokenizer, LstmDecoder Decoder, NGramModel? NGrams, long SizeBytes)
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="settings">How completions are judged; null for what the folder says.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    public Completer ToCompleter(CompletionSettings? settings = null, CompleterOptions? options = null)
    {
        settings ??= Config.Completion;
        var weights = Decoder.Weights;
        var info = new ModelInfo
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder)),
            Folder = Folder,
            FormatVersion = Config.Version,
            VocabularySize = Tokenizer.VocabularySize,
            Parameters = weights.Parameters,
            HiddenWidth = weights.HiddenWidth,
            Layers = weights.Layers,
            WeightType = weights.IsQuantized ? "int8" : "f32",
            HasNGrams = NGrams is not null,
            SizeBytes = SizeBytes,
            Threshold = settings.Threshold,
        };
        return new Completer(Tokenizer, CompletionPredictor.Mix(Decoder, NGrams, Tokenizer, settings), settings, info, options);
    }
}
