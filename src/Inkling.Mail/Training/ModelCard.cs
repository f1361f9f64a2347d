using System.Globalization;
using System.Text;
using Inkling.Language;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>
/// <c>MODEL_CARD.md</c>: data, recipe, command, seed, figures and limits of a model. Holds names of files and counts, never text of mail and
/// never an address, so that it can be passed on with the model.
/// </summary>
internal sealed class ModelCard(MailTrainingOptions options, BatchOptions batches, TokenCorpus train, TokenCorpus valid)
{
    /// <summary>What was asked for.</summary>
    public MailTrainingOptions Options => options;

    /// <summary>What is learnt from.</summary>
    public TokenCorpus Train => train;

    /// <summary>Tokens read in training so far, each time counted; batches are always full.</summary>
    public long TokensSeen(Trainer trainer) => trainer.Step * batches.Lanes * batches.Steps;

    /// <summary>Renders the card.</summary>
    /// <param name="folder">The model folder, with its other files written.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="trainer">The run; knows the best.</param>
    /// <param name="reason">Why it ended; null while it goes on.</param>
    /// <param name="calibration">How far its confidence can be trusted; null when that is not known.</param>
    public string Write(string folder, LstmLanguageModel model, Tokenizer tokenizer, Trainer trainer, StopReason? reason, CalibrationReport? calibration)
    {
        StringBuilder text = new();
        text.AppendLine("# Model card").AppendLine();
        text.AppendLine("A language model that completes e-mail while it is written. It runs on the machine it is used on and sends nothing anywhere.");
        WriteModel(text, folder, model, tokenizer);
        WriteData(text);
        WriteRecipe(text, model, trainer, reason);
        WriteFigures(text, trainer);
        WriteConfidence(text, calibration);
        WriteLimits(text);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void WriteModel(StringBuilder text, string folder, LstmLanguageModel model, Tokenizer tokenizer)
    {
        Heading(text, "Model");
        LstmLanguageModelConfig sizes = model.Config;
        Line(text, $"LSTM language model: {sizes.Layers} × {sizes.HiddenWidth} units, token vectors of {sizes.EmbeddingWidth} shared by input and output, {model.Parameters.ElementCount:N0} parameters.");
        Line(text, $"Tokens: {tokenizer.VocabularySize:N0} pieces of a byte-level BPE tokenizer. Context: the subject (its first {MailPrompt.SubjectTokens} pieces), the beginning of the answered message ({MailPrompt.PreviousTokens} pieces), and all of the draft up to the caret.");
        Line(text, $"Beside it, phrases are counted (an n-gram model): only those that occur in several mails or, in mail of many people, with several authors.");
        string files = string.Join(", ", ((string[])[ModelFolder.Weights, ModelFolder.NGrams, ModelFolder.Tokenizer]).Select(name => $"{name} {Size(Path.Combine(folder, name))}"));
        Line(text, $"Files: {files}. Weights are kept in 8 bits with a scale for each row.");
    }

    private void WriteData(StringBuilder text)
    {
        Heading(text, "Data");
        (int first, int end) = train.Group(0);
        Line(text, $"Mail learnt from: {Names(options.Mail)}; {end - first:N0} mails.");
        if (train.GroupCount > 1) Line(text, $"Background, which teaches general language: {Names(options.Background)}; {train.Count - end:N0} mails, of which each pass reads the share {options.BackgroundWeight:0.###}, a different one each time.");
        Line(text, $"Together {train.TokenCount:N0} tokens; {train.BodyCharacters:N0} characters are their authors' own text, the rest is subjects and beginnings of answered messages.");
        Line(text, $"Held out, to choose when to stop and how far to trust: {(options.Valid.Count > 0 ? Names(options.Valid) : "the newest tenth of the mail")}; measured on {valid.Count:N0} mails, {valid.BodyCharacters:N0} characters.");
        Line(text, $"Left out: quoted text, signatures, disclaimers, tables, mail by machines, duplicates. Numbers, addresses, links, telephone numbers and account-like strings are replaced by placeholders, which can neither be learnt nor suggested.");
    }

    private void WriteRecipe(StringBuilder text, LstmLanguageModel model, Trainer trainer, StopReason? reason)
    {
        Heading(text, "Recipe");
        text.AppendLine("```").AppendLine(Command()).AppendLine("```").AppendLine();
        double rate = options.HighestRate;
        Line(text, $"AdamW, rate up to {rate:0.#####} with warm-up and half a cosine down to a hundredth, gradients clipped to a norm of 1, dropout {model.Config.Dropout:0.##}.");
        Line(text, $"Batches of {batches.Lanes} mails side by side × {batches.Steps} tokens, state carried on (truncated back-propagation); seed {options.Seed}.");
        Line(text, $"{trainer.Step:N0} steps, {trainer.Epoch:0.##} passes, {TokensSeen(trainer):N0} tokens read, {trainer.Elapsed.TotalMinutes:0.##} minutes{Ending(reason)}. Kept is the best, found after step {trainer.BestStep:N0}.");
    }

    private static void WriteFigures(StringBuilder text, Trainer trainer)
    {
        Heading(text, "Figures");
        if (trainer.Best is not { } best) return;
        Line(text, $"Held-out loss {best.Loss:0.000} nats per token (perplexity {Math.Exp(best.Loss):0.0}).");
        Line(text, $"{best.BitsPerCharacter:0.000} bits per character of the authors' own text; the end of a mail is predicted too, a placeholder counts as one character. Measured before rounding to 8 bits.");
    }

    private static void WriteConfidence(StringBuilder text, CalibrationReport? calibration)
    {
        Heading(text, "Confidence");
        if (calibration is null)
        {
            Line(text, $"Not calibrated: it is the model's own probability.");
            return;
        }

        Line(text, $"Calibrated on {calibration.Positions:N0} keystrokes of the mail held out. With the threshold of {calibration.Settings.Threshold:0.00}, something is shown at {calibration.Coverage:0.0%} of them, and {calibration.Precision:0.0%} of it is what was written next.");
        Line(text, $"Expected calibration error {calibration.Calibration.ExpectedCalibrationError:0.000} (mean distance between confidence and truth); each half of the mails is judged with the calibration of the other half.");
        text.AppendLine().AppendLine("| confidence | came true | continuations |").AppendLine("|---|---|---|");
        foreach (ReliabilityBin bin in calibration.Calibration.Reliability)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {bin.MeanConfidence:0.00} | {bin.ShareRight:0.00} | {bin.Count:N0} |");
    }

    private void WriteLimits(StringBuilder text)
    {
        Heading(text, "Limits and privacy");
        Line(text, $"It writes as the mail it learnt from does, with the habits and errors of its authors, and in their language only. It knows no facts: read what it suggests before you accept it.");
        Line(text, $"Names and phrases that occur often in the mail can be suggested. Whoever has this folder can find out, with effort, things that were written often in the mail it learnt from{(options.From is null ? "" : ", and in that of the model it went on from")}: pass it on as you would pass on that mail.");
        Line(text, $"This card names files, without their folders, and counts; it holds no text of any mail and no address.");
        Line(text, $"`{ModelFolder.Training}/` is only needed to train on; the model works without it.");
    }

    private string Command()
    {
        StringBuilder command = new("inkling train --mail " + Names(options.Mail));
        if (options.Background.Count > 0) command.Append(CultureInfo.InvariantCulture, $" --background {Names(options.Background)} --background-weight {options.BackgroundWeight:0.###}");
        if (options.Valid.Count > 0) command.Append(" --valid " + Names(options.Valid));
        if (options.Me is not null) command.Append(" --me ADDRESS");
        if (options.From is { } from) command.Append(" --from " + Name(from));
        command.Append(CultureInfo.InvariantCulture, $" --preset {options.Preset.Name}");
        if (options.Epochs is { } epochs) command.Append(CultureInfo.InvariantCulture, $" --epochs {epochs}");
        if (options.Minutes is { } minutes) command.Append(CultureInfo.InvariantCulture, $" --minutes {minutes}");
        return command.Append(CultureInfo.InvariantCulture, $" --seed {options.Seed}").ToString();
    }

    private static string Ending(StopReason? reason) => reason switch
    {
        StopReason.Finished => "; all passes were done",
        StopReason.TimeUp => "; the time was up",
        StopReason.EarlyStopped => "; validation did not improve any more",
        StopReason.Cancelled => "; it was interrupted",
        StopReason.Diverged => "; then the loss was no longer finite",
        _ => " so far",
    };

    private static void Heading(StringBuilder text, string heading) => text.AppendLine().AppendLine("## " + heading).AppendLine();

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine("- " + line.ToString(CultureInfo.InvariantCulture));

    private static string Size(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length / 1e6:0.0} MB") : "none";
    }

    private static string Names(IReadOnlyList<string> paths) => string.Join(" ", paths.Select(Name));

    // Folders may hold a person's name, and files are sometimes called after an address: the bare name is enough to tell data sets apart.
    private static string Name(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        return name.Contains('@', StringComparison.Ordinal) ? "MAIL" + (name.EndsWith(".gz", StringComparison.Ordinal) ? ".jsonl.gz" : "") : name;
    }
}
