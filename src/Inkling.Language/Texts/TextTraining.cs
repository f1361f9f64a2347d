using Inkling.Nn;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>Training and measuring language models on texts in few lines.</summary>
/// <example><code>
/// CharacterVocabulary characters = CharacterVocabulary.Of(text);
/// int[] tokens = characters.Encode(text);
/// var model = new RecurrentLanguageModel(new() { VocabularySize = characters.Count }).Build(seed: 1);
/// model.Fit(new TextLanes(tokens, lanes: 16, steps: 64), new Adam(model.Parameters), new FitOptions { Epochs = 5, ClipNorm = 1 });
/// </code></example>
public static class TextTraining
{
    /// <summary>Trains a model on a text, with everything that <see cref="FitOptions"/> offers but its data and metrics. Afterwards it has the parameters of the best validation.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="training">What it learns from: <see cref="TextLanes"/> for recurrent models, <see cref="TextWindows"/> for those that carry nothing on.</param>
    /// <param name="optimizer">Updates the model's parameters, at its learning rate.</param>
    /// <param name="options">How long, and what happens on the way. The loss and <c>perplexity</c> are measured; other metrics and <see cref="FitOptions.Validation"/> are refused.</param>
    /// <param name="validation">A text to measure on after each pass, in as many lanes and steps; empty, the default, for nothing.</param>
    /// <param name="cancellation">Ends the run in good order after the step under way.</param>
    /// <exception cref="ArgumentException">A token is not one of the model's, the steps exceed its context, or an option is out of range.</exception>
    public static FitResult Fit(this LanguageModel model, TextBatches training, Optimizer optimizer, FitOptions? options = null, ReadOnlyMemory<int> validation = default, CancellationToken cancellation = default)
    {
        options ??= new FitOptions();
        using TextTask task = new(model, training, validation, options.Team, options.Seed);
        return task.Fit(optimizer, options with { Team = null, Seed = 0 }, cancellation);
    }

    /// <summary>Measures a model on a whole text, as <see cref="TextEvaluation"/> does.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="text">What to measure on, at least 2 tokens.</param>
    /// <param name="lanes">Parts that are read side by side, at least 1, each from an empty state. Default: 1, the text from its start to its end.</param>
    /// <param name="steps">Steps that are read at once; null, the default, for the model's context, 128 at most.</param>
    /// <returns>The mean loss in nats, and <c>perplexity</c>.</returns>
    /// <exception cref="ArgumentException">The text has fewer than two tokens or one that the model lacks, or steps exceed the context.</exception>
    public static ValidationResult Evaluate(this LanguageModel model, ReadOnlyMemory<int> text, int lanes = 1, int? steps = null)
    {
        using TextEvaluation evaluation = new(model, text, lanes, steps);
        return evaluation.Run();
    }
}
