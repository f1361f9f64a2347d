using System.Globalization;
using System.Text;
using Inkling.Language;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary><c>MODEL_CARD.md</c>: data, recipe, command, seed, figures and limits of a model. Holds names of files and counts, never mail text.</summary>
internal sealed class ModelCard(MailTrainingOptions options, TokenCorpus train, TokenCorpus valid)
{
    /// <summary>Renders the card.</summary>
    public string Write(LstmLanguageModel model, Tokenizer tokenizer, Trainer trainer, ValidationResult result)
    {
        StringBuilder text = new();
        text.AppendLine("# Model card").AppendLine();
        text.AppendLine("A language model that completes e-mail. It runs on the machine it is used on and sends nothing anywhere.").AppendLine();
        text.AppendLine("## Model").AppendLine();
        Line(text, $"LSTM, {model.Config.Layers} × {model.Config.HiddenWidth} units, token vectors of {model.Config.EmbeddingWidth} (tied), {tokenizer.VocabularySize:N0} byte-level BPE pieces, {model.Parameters.ElementCount:N0} parameters.");
        Line(text, $"Weights are kept in 8 bits with a scale for each row. Context: subject (up to {MailPrompt.SubjectTokens} pieces) and the beginning of the answered message (up to {MailPrompt.PreviousTokens}).");
        text.AppendLine().AppendLine("## Data").AppendLine();
        Line(text, $"Learnt from {Names([.. options.Mail, .. options.Background])}: {train.Count:N0} mails, {train.TokenCount:N0} tokens, {train.BodyCharacters:N0} characters of their authors' own text.");
        if (options.Background.Count > 0) Line(text, $"Of {Names(options.Background)}, which teach general language, each pass reads the share {options.BackgroundWeight:0.###}.");
        Line(text, $"Selected on {(options.Valid.Count > 0 ? Names(options.Valid) : "the newest tenth of the mail, held out")}: a sample of {valid.Count:N0} mails, {valid.BodyCharacters:N0} characters.");
        Line(text, $"Numbers, addresses, links, telephone numbers and account-like strings are replaced by placeholders before training.");
        text.AppendLine().AppendLine("## Recipe").AppendLine();
        Line(text, $"`{Command()}`");
        Line(text, $"AdamW with warm-up and half a cosine, highest rate {options.LearningRate ?? options.Preset.LearningRate:0.#####}; global norm clipped at 1; dropout {model.Config.Dropout:0.##}; batches of {options.Preset.Lanes} × {options.Preset.Steps} tokens with carried state; seed {options.Seed}.");
        Line(text, $"Best after step {trainer.BestStep:N0} ({trainer.Epoch:0.##} passes, {trainer.Elapsed.TotalMinutes:0.#} minutes).");
        text.AppendLine().AppendLine("## Figures").AppendLine();
        Line(text, $"Held-out loss {result.Loss:0.000} nats per token; {result.BitsPerCharacter:0.000} bits per character of own text, end of mail included, placeholders counted as one character.");
        text.AppendLine().AppendLine("## Limits").AppendLine();
        Line(text, $"It writes as the mail it learnt from does, with the habits and errors of its authors; it knows no facts. It reads the mail's language only, and no attachments. Names that occur often in the mail can be suggested.");
        return text.ToString();
    }

    private string Command()
    {
        StringBuilder command = new("inkling train --mail " + Names(options.Mail));
        if (options.Background.Count > 0) command.Append(CultureInfo.InvariantCulture, $" --background {Names(options.Background)} --background-weight {options.BackgroundWeight:0.###}");
        if (options.Valid.Count > 0) command.Append(" --valid " + Names(options.Valid));
        if (options.From is { } from) command.Append(" --from " + Name(from));
        command.Append(CultureInfo.InvariantCulture, $" --preset {options.Preset.Name}");
        if (options.Epochs is { } epochs) command.Append(CultureInfo.InvariantCulture, $" --epochs {epochs}");
        if (options.Minutes is { } minutes) command.Append(CultureInfo.InvariantCulture, $" --minutes {minutes}");
        return command.Append(CultureInfo.InvariantCulture, $" --seed {options.Seed}").ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine("- " + line.ToString(CultureInfo.InvariantCulture));

    // Folders may hold a person's name; file names are enough to tell data sets apart.
    private static string Names(IReadOnlyList<string> paths) => string.Join(" ", paths.Select(Name));

    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
