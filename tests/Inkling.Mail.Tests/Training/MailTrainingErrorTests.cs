using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Inkling.Nn.Checkpoints;

namespace Inkling.Mail.Tests.Training;

/// <summary>Whatever is wrong is one clear error, told before anything that is there is touched.</summary>
public sealed class MailTrainingErrorTests(TinyTraining tiny) : IClassFixture<TinyTraining>
{
    [Theory]
    [InlineData("weights cut off", ModelFolder.Weights)]
    [InlineData("weights not a number", ModelFolder.Weights)]
    [InlineData("weights of another model", ModelFolder.Weights)]
    [InlineData("weights missing", ModelFolder.Weights)]
    [InlineData("tokenizer cut off", ModelFolder.Tokenizer)]
    [InlineData("tokenizer missing", ModelFolder.Tokenizer)]
    [InlineData("config of another version", ModelConfig.FileName)]
    [InlineData("config cut off", ModelConfig.FileName)]
    [InlineData("config of other sizes", "says")]
    [InlineData("config missing", ModelConfig.FileName)]
    public async Task A_damaged_model_is_named_whether_it_is_used_or_trained_on(string damage, string named)
    {
        string model = tiny.CopyOfModel(withTraining: false), folder = tiny.Fresh("out");
        Damage(model, damage);
        InvalidDataException loading = Assert.Throws<InvalidDataException>(() => Completer.Load(model));
        Assert.Contains(named, loading.Message, StringComparison.Ordinal);

        Exception? training = await Record.ExceptionAsync(() => new MailTraining(tiny.Options with { From = model, Out = folder, Epochs = 0.1 }).RunAsync());
        Assert.True(training is InvalidDataException or CheckpointException, $"{training}");
        Assert.Contains(Path.GetFileName(model), training.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, ModelConfig.FileName)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_before_mail_is_read()
    {
        string file = Path.Combine(tiny.Root, "a-file");
        await File.WriteAllTextAsync(file, "not a folder");
        Reports reports = new();
        CheckpointException error = await Assert.ThrowsAsync<CheckpointException>(() => new MailTraining(tiny.Options with { Out = Path.Combine(file, "model") }).RunAsync(reports));
        Assert.Contains("a-file", error.Message, StringComparison.Ordinal);
        Assert.Empty(reports.All);
        Assert.Equal("not a folder", await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Too_little_mail_is_told_with_what_was_found(int mails)
    {
        string mail = MadeUpMail.Write(Path.Combine(tiny.Root, $"few{mails}.jsonl"), mails), folder = tiny.Fresh("few");
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => new MailTraining(tiny.Options with { Mail = [mail], Out = folder }).RunAsync());
        Assert.Contains($"{mails} usable mails", error.Message, StringComparison.Ordinal);
        Assert.Contains($"few{mails}.jsonl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_mail_and_empty_validation_mail_are_told()
    {
        string missing = Path.Combine(tiny.Root, "missing.jsonl"), empty = MadeUpMail.Write(Path.Combine(tiny.Root, "empty.jsonl"), 0);
        Assert.Contains("missing.jsonl", (await Assert.ThrowsAsync<FileNotFoundException>(() => Run(tiny.Options with { Mail = [missing] }))).Message, StringComparison.Ordinal);
        Assert.Contains("--valid", (await Assert.ThrowsAsync<InvalidDataException>(() => Run(tiny.Options with { Valid = [empty] }))).Message, StringComparison.Ordinal);

        Task Run(MailTrainingOptions options) => new MailTraining(options with { Out = tiny.Fresh("out") }).RunAsync();
    }

    [Fact]
    public async Task Resuming_nothing_and_resuming_on_other_mail_are_told_and_leave_the_model()
    {
        string folder = tiny.Fresh("nothing");
        Assert.Contains("no interrupted run", (await Assert.ThrowsAsync<CheckpointException>(() => new MailTraining(tiny.Options with { Out = folder, Resume = true }).RunAsync())).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));

        string model = tiny.CopyOfModel(withTraining: true), other = MadeUpMail.Write(Path.Combine(tiny.Root, "other.jsonl"), 40, seed: 4);
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(model, ModelFolder.Weights));
        Assert.Contains("--resume", (await Assert.ThrowsAsync<CheckpointException>(() => new MailTraining(tiny.Options with { Mail = [other], Out = model, Resume = true }).RunAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(model, ModelFolder.Weights)));
    }

    [Fact]
    public async Task A_run_goes_on_with_what_it_was_begun_with_and_with_nothing_else()
    {
        string model = tiny.CopyOfModel(withTraining: true);
        MailTrainingOptions bare = tiny.Options with { Out = model, Resume = true, Preset = TrainingPreset.Base, Seed = 7, BackgroundWeight = 3 };
        MailTrainingOptions taken = bare.Resumed();
        Assert.Equal((0.01, 3.0, 1UL, 0.25), (taken.LearningRate, taken.Epochs, taken.Seed, taken.BackgroundWeight));
        Assert.Equal(("tiny", 4, 16, 32), (taken.Preset.Name, taken.Preset.Lanes, taken.Preset.Steps, taken.Preset.HiddenWidth));
        Assert.Equal(tiny.Result.Steps, (await new MailTraining(bare).RunAsync()).Steps);
        await Refused(bare with { LearningRate = 0.02 }, "a learning rate of 0.01, not 0.02");
        await Refused(bare with { Epochs = 9 }, "passes: 3, not 9");
        await File.WriteAllTextAsync(Path.Combine(model, ModelFolder.Training, "run.json"), "{");
        await Refused(bare, "run.json' is damaged");

        async Task Refused(MailTrainingOptions options, string why)
            => Assert.Contains(why, (await Assert.ThrowsAsync<CheckpointException>(() => new MailTraining(options).RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_a_model_is_not_overwritten()
    {
        string model = tiny.CopyOfModel(withTraining: true);
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(model, ModelFolder.Weights));
        CheckpointException refused = await Assert.ThrowsAsync<CheckpointException>(() => new MailTraining(tiny.Options with { Out = model }).RunAsync());
        Assert.Contains("--resume", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CheckpointException>(() => new MailTraining(tiny.Options with { Out = model, From = model }).RunAsync());
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(model, ModelFolder.Weights)));
        Completer.Load(model).Dispose();
    }

    [Fact]
    public async Task Cancelled_before_training_it_leaves_no_model()
    {
        string folder = tiny.Fresh("cancelled");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MailTraining(tiny.Options with { Out = folder }).RunAsync(null, null, new CancellationToken(canceled: true)));
        Assert.False(File.Exists(Path.Combine(folder, ModelConfig.FileName)));
    }

    [Fact]
    public void Options_out_of_range_are_told()
    {
        Assert.Contains("--mail", Told(tiny.Options with { Mail = [] }), StringComparison.Ordinal);
        Assert.Contains("--out", Told(tiny.Options with { Out = " " }), StringComparison.Ordinal);
        Assert.Contains("epochs", Told(tiny.Options with { Epochs = 0 }), StringComparison.Ordinal);
        Assert.Contains("minutes", Told(tiny.Options with { Minutes = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("background weight", Told(tiny.Options with { BackgroundWeight = -1 }), StringComparison.Ordinal);
        Assert.Contains("patience", Told(tiny.Options with { Patience = 0 }), StringComparison.Ordinal);
        Assert.Contains("nano, small, base", Assert.Throws<ArgumentException>(() => TrainingPreset.Parse("huge")).Message, StringComparison.Ordinal);

        static string Told(MailTrainingOptions options) => Assert.Throws<ArgumentException>(() => new MailTraining(options)).Message;
    }

    private static void Damage(string model, string damage)
    {
        string weights = Path.Combine(model, ModelFolder.Weights), tokenizer = Path.Combine(model, ModelFolder.Tokenizer), config = Path.Combine(model, ModelConfig.FileName);
        switch (damage)
        {
            case "weights cut off": CutOff(weights); break;
            case "weights not a number": PutNotANumber(weights, "output.bias"); break;
            case "weights of another model": Edit(config, json => json["architecture"]!["layers"] = 2); break;
            case "weights missing": File.Delete(weights); break;
            case "tokenizer cut off": CutOff(tokenizer); break;
            case "tokenizer missing": File.Delete(tokenizer); break;
            case "config of another version": Edit(config, json => json["version"] = 99); break;
            case "config cut off": CutOff(config); break;
            case "config of other sizes": Edit(config, json => json["architecture"]!["vocabularySize"] = 300); break;
            case "config missing": File.Delete(config); break;
            default: throw new ArgumentException(damage);
        }
    }

    private static void CutOff(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
    }

    private static void Edit(string file, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(file))!;
        change(json);
        File.WriteAllText(file, json.ToJsonString());
    }

    /// <summary>By the format's specification: eight bytes of length, a JSON header, the data.</summary>
    private static void PutNotANumber(string file, string tensor)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        int offset = JsonNode.Parse(bytes.AsSpan(8, header))![tensor]!["data_offsets"]![0]!.GetValue<int>();
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(8 + header + offset), float.NaN);
        File.WriteAllBytes(file, bytes);
    }
}
