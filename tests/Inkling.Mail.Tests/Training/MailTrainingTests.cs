using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.Mail.Tests.Training;

/// <summary>Training end to end on a made-up mailbox.</summary>
public sealed class MailTrainingTests(TinyTraining tiny) : IClassFixture<TinyTraining>
{
    [Fact]
    public void The_folder_is_complete_and_completes()
    {
        string[] files = [.. Directory.EnumerateFiles(tiny.Model, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(tiny.Model, file)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "MODEL_CARD.md", "config.json", "ngrams.bin", "tokenizer.json", "training/config.json", "training/curves.svg", "training/log.csv",
                "training/ngrams.bin", "training/run.json", "training/state.safetensors", "training/tokenizer.json", "training/weights.safetensors", "weights.safetensors",
            ],
            files);
        using Completer completer = Completer.Load(tiny.Model);
        Assert.Equal((32, 1, "int8"), (completer.Info.HiddenWidth, completer.Info.Layers, completer.Info.WeightType));
        Mail.Completion completion = completer.Complete(new CompletionRequest { Text = "Hi Nora,\n\nThank you for your help with the gar" });
        Assert.NotEmpty(completion.Candidates);
        Assert.StartsWith("den", completion.Candidates[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_done_is_told()
    {
        MailTrainingResult result = tiny.Result;
        Assert.Equal((StopReason.Finished, 72, 8, tiny.Model), (result.Reason, result.TrainingMails, result.ValidationMails, result.Folder));
        Assert.Equal(80, result.Mail.Kept);
        Assert.InRange(result.BitsPerCharacter!.Value, 0.1, 3);
        Assert.True(result.Steps >= 3 * 16, $"{result.Steps} steps");
        Assert.InRange(result.BestStep, 1, result.Steps);
        Assert.Null(result.Divergence);
        Assert.Contains("validation loss goes from", File.ReadAllText(result.Curves), StringComparison.Ordinal);

        string[] stages = [.. tiny.Reports.All.Select(report => report.Stage).Distinct()];
        Assert.Equal([TrainingStage.Reading, TrainingStage.Tokenizing, TrainingStage.Counting], stages[..3]);
        Assert.Equal([TrainingStage.Training, TrainingStage.Validating], stages[3..5].Order(StringComparer.Ordinal)); // whichever is reported first
        Assert.Equal([TrainingStage.Calibrating, TrainingStage.Saving], stages[5..]);
        TrainingReport last = tiny.Reports.All.Last(report => report.Stage == TrainingStage.Training);
        Assert.Equal((result.Steps, result.Steps), (last.Step, last.Steps));
        Assert.Equal(result.ValidationLoss, last.BestValidationLoss);
    }

    [Fact]
    public void Confidence_is_calibrated_on_the_mail_held_out()
    {
        CalibrationReport calibration = tiny.Result.Calibration!;
        Assert.NotNull(calibration);
        Assert.InRange(calibration.Positions, 200, 400);
        Assert.InRange(calibration.Calibration.ExpectedCalibrationError, 0, 0.2);
        CompletionSettings settings = ModelConfig.Load(tiny.Model).Completion;
        Assert.Equal(calibration.Settings.Threshold, settings.Threshold);
        Assert.Equal(calibration.Settings.Calibration.Weights, settings.Calibration.Weights);
        Assert.NotEqual(ConfidenceCalibration.Identity.Weights, settings.Calibration.Weights);
        Assert.Contains("Expected calibration error", File.ReadAllText(Path.Combine(tiny.Model, ModelFolder.Card)), StringComparison.Ordinal);
        Assert.Equal(1, tiny.Reports.All.Where(report => report.Stage == TrainingStage.Calibrating).Max(report => report.Step / (double)report.Steps));
    }

    [Fact]
    public async Task Cancelling_the_calibration_keeps_the_model_and_says_so()
    {
        string folder = tiny.Fresh("uncalibrated");
        using CancellationTokenSource cancel = new();
        Reports reports = new() { Then = report => { if (report.Stage == TrainingStage.Calibrating) cancel.Cancel(); } };
        MailTrainingResult result = await new MailTraining(tiny.Options with { Out = folder }).RunAsync(reports, null, cancel.Token);
        Assert.Equal((StopReason.Finished, null), (result.Reason, result.Calibration));
        Assert.Contains(result.Mail.Notes, note => note.Contains("--resume", StringComparison.Ordinal));
        Assert.Contains("Not calibrated", await File.ReadAllTextAsync(Path.Combine(folder, ModelFolder.Card)), StringComparison.Ordinal);
        Completer.Load(folder).Dispose();

        MailTrainingResult resumed = await new MailTraining(tiny.Options with { Out = folder, Resume = true }).RunAsync();
        Assert.Equal(tiny.Result.Calibration!.Settings.Threshold, resumed.Calibration?.Settings.Threshold);
    }

    [Fact]
    public void The_card_says_how_it_was_made_and_nothing_of_the_mail()
    {
        string card = File.ReadAllText(Path.Combine(tiny.Model, ModelFolder.Card));
        foreach (string heading in (string[])["Model", "Data", "Recipe", "Figures", "Limits and privacy"]) Assert.Contains($"\n## {heading}\n", card, StringComparison.Ordinal);
        Assert.Contains("inkling train --mail sent.jsonl --preset tiny --seed 1\n", card, StringComparison.Ordinal);
        Assert.Contains("bits per character", card, StringComparison.Ordinal);
        Assert.Contains("all passes were done", card, StringComparison.Ordinal);
        Assert.DoesNotContain("@", card, StringComparison.Ordinal);
        Assert.DoesNotContain(tiny.Root, card, StringComparison.Ordinal);
        foreach (string sentence in MadeUpMail.Sentences) Assert.DoesNotContain(sentence, card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_a_name_or_an_option_stays_out_of_the_card()
    {
        string mailbox = Path.Combine(tiny.Root, "ann@example.org.jsonl");
        File.Copy(tiny.Mail, mailbox, overwrite: true);
        string folder = tiny.Fresh("card");
        await new MailTraining(tiny.Options with { Mail = [mailbox], Me = "ann@example.org", Out = folder, Epochs = 0.1 }).RunAsync();
        string card = await File.ReadAllTextAsync(Path.Combine(folder, ModelFolder.Card));
        Assert.DoesNotContain("ann", card.Replace("channel", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("--me ADDRESS", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_model_bit_for_bit_on_two_threads_as_well()
    {
        using Team two = new(2);
        string again = tiny.Fresh("again"), other = tiny.Fresh("other");
        await new MailTraining(tiny.Options with { Out = again, Team = two }).RunAsync();
        await new MailTraining(tiny.Options with { Out = other, Seed = 2 }).RunAsync();
        foreach (string name in (string[])[ModelFolder.Weights, ModelFolder.Tokenizer, ModelFolder.NGrams])
            Assert.Equal(Bytes(tiny.Model, name), Bytes(again, name));
        Assert.NotEqual(Bytes(tiny.Model, ModelFolder.Weights), Bytes(other, ModelFolder.Weights));
    }

    [Fact]
    public async Task An_interrupted_run_leaves_a_model_and_goes_on_as_if_nothing_had_been()
    {
        string folder = tiny.Fresh("interrupted");
        using CancellationTokenSource cancel = new();
        Reports reports = new() { Then = report => { if (report.Stage == TrainingStage.Validating) cancel.Cancel(); } };
        MailTrainingResult interrupted = await new MailTraining(tiny.Options with { Out = folder }).RunAsync(reports, null, cancel.Token);
        Assert.Equal(StopReason.Cancelled, interrupted.Reason);
        Assert.InRange(interrupted.Steps, 1, tiny.Result.Steps - 1);
        Completer.Load(folder).Dispose();

        MailTrainingResult whole = await new MailTraining(tiny.Options with { Out = folder, Resume = true }).RunAsync();
        Assert.Equal((tiny.Result.Steps, tiny.Result.BestStep, tiny.Result.ValidationLoss), (whole.Steps, whole.BestStep, whole.ValidationLoss));
        Assert.Equal(Bytes(tiny.Model, ModelFolder.Weights), Bytes(folder, ModelFolder.Weights));

        MailTrainingResult onceMore = await new MailTraining(tiny.Options with { Out = folder, Resume = true }).RunAsync(); // nothing is left to do
        Assert.Equal((whole.Steps, whole.ValidationLoss), (onceMore.Steps, onceMore.ValidationLoss));
        Assert.Equal(Bytes(tiny.Model, ModelFolder.Weights), Bytes(folder, ModelFolder.Weights));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // only what is needed to complete, as a model that is passed on
    public async Task Training_goes_on_from_a_model(bool withExactWeights)
    {
        string from = tiny.CopyOfModel(withExactWeights), folder = tiny.Fresh("further"), mail = MadeUpMail.Write(Path.Combine(tiny.Root, "more.jsonl"), 40, seed: 9);
        TrainingPreset larger = TinyTraining.Preset with { HiddenWidth = 48, VocabularySize = 500 };
        MailTrainingResult result = await new MailTraining(tiny.Options with { Mail = [mail], Out = folder, From = from, Preset = larger, Epochs = 1 }).RunAsync();
        Assert.Equal(Bytes(tiny.Model, ModelFolder.Tokenizer), Bytes(folder, ModelFolder.Tokenizer));
        Assert.Equal(32, ModelConfig.Load(folder).Architecture.HiddenWidth);
        Assert.True(result.ValidationLoss < tiny.Result.ValidationLoss + 0.1, $"{result.ValidationLoss} after {tiny.Result.ValidationLoss}");
        Assert.Contains($"--from {Path.GetFileName(from)}", await File.ReadAllTextAsync(Path.Combine(folder, ModelFolder.Card)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Background_is_learnt_from_but_not_measured_on()
    {
        string background = MadeUpMail.Write(Path.Combine(tiny.Root, "lists.jsonl"), 60, seed: 5), folder = tiny.Fresh("background");
        MailTrainingResult result = await new MailTraining(tiny.Options with { Out = folder, Background = [background], BackgroundWeight = 0.5, Epochs = 1 }).RunAsync();
        // Mails of the background that are in the mailbox too are duplicates or not, as the reader decides.
        Assert.InRange(result.TrainingMails, 72 + 50, 72 + 60);
        Assert.Equal(8, result.ValidationMails);
        string card = await File.ReadAllTextAsync(Path.Combine(folder, ModelFolder.Card));
        Assert.Contains("--background lists.jsonl --background-weight 0.5", card, StringComparison.Ordinal);
        Assert.Contains("the share 0.5", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_without_dates_is_held_out_from_the_end()
    {
        string mail = MadeUpMail.Write(Path.Combine(tiny.Root, "undated.jsonl"), 40, seed: 3, dated: false);
        MailCollection collection = MailCollection.Read(tiny.Options with { Mail = [mail] }, _ => { }, default);
        Assert.Equal((36, 4), (collection.Train.Count, collection.Valid.Count));
        string folder = tiny.Fresh("undated");
        Assert.Equal(4, (await new MailTraining(tiny.Options with { Mail = [mail], Out = folder, Epochs = 1 }).RunAsync()).ValidationMails);
    }

    [Fact]
    public async Task Ten_mails_make_a_model_that_says_that_they_are_few()
    {
        string mail = MadeUpMail.Write(Path.Combine(tiny.Root, "ten.jsonl"), 10), folder = tiny.Fresh("ten");
        MailTrainingResult result = await new MailTraining(tiny.Options with { Mail = [mail], Out = folder, Preset = TrainingPreset.Nano with { Epochs = 2 } }).RunAsync();
        Assert.Equal((9, 1), (result.TrainingMails, result.ValidationMails));
        Assert.Contains(result.Mail.Notes, note => note.Contains("--from", StringComparison.Ordinal));
        using Completer completer = Completer.Load(folder);
        completer.Complete(new CompletionRequest { Text = "Thank you" });

        MailTrainingResult further = await new MailTraining(tiny.Options with { Mail = [mail], Out = tiny.Fresh("ten"), From = tiny.Model }).RunAsync();
        Assert.DoesNotContain(further.Mail.Notes, note => note.Contains("--from", StringComparison.Ordinal));
        Assert.True(further.ValidationLoss < result.ValidationLoss, $"{further.ValidationLoss} against {result.ValidationLoss}");
    }

    private static byte[] Bytes(string folder, string name) => File.ReadAllBytes(Path.Combine(folder, name));
}
