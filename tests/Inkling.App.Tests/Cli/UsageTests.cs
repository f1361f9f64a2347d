namespace Inkling.App.Tests.Cli;

/// <summary>Wrong usage and bad input, command by command: the exit code, and one clear line.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-usage-").FullName;

    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "bogus", 2, "bogus" },
        { "--bogus", 2, "--bogus" },
        { "serve extra", 2, "extra" },
        { "serve --port x", 2, "--port" },
        { "serve --port 70000", 2, "65535" },
        { "serve --model no-such-folder", 1, "no-such-folder" },
        { "studio --no-browser --model no-such-folder", 1, "no-such-folder" },
        { "complete --model no-such-folder Dear", 1, "no-such-folder" },
        { "complete one two", 2, "quotes" },
        { "complete --previous no-such-file Dear", 1, "no-such-file" },
        { "complete --bogus", 2, "--bogus" },
        { "train", 2, "--mail" },
        { "train --mail no-such.mbox", 1, "no-such.mbox" },
        { "train --mail . --preset huge", 2, "nano" },
        { "train --mail . --minutes -1", 2, "--minutes" },
        { "train --mail . --epochs 0", 2, "--epochs" },
        { "train --mail . --seed x", 2, "--seed" },
        { "train --mail . --resume", 2, "--out" },
        { "train --mail . --from no-such-model", 1, "no-such-model" },
        { "evaluate", 2, "--mail" },
        { "evaluate --mail no-such.mbox", 1, "no-such.mbox" },
        { "evaluate --mail . --mails 0", 2, "--mails" },
        { "evaluate --mail . --model no-such-model", 1, "no-such-model" },
        { "tone --bogus", 2, "--bogus" },
        { "tone one two", 2, "quotes" },
        { "tone --model no-such-folder good", 1, "no-such-folder" },
        { "tune", 2, "--space" },
        { "tune --command x", 2, "--space" },
        { "tune --space no-such-file --command x{y}", 1, "no-such-file" },
        { "tune --task none", 2, "playground-spiral" },
        { "tune --task playground-spiral --command x", 2, "--task" },
        { "tune --task playground-spiral --trials 0", 2, "--trials" },
        { "tune --task playground-spiral --workers 0", 2, "--workers" },
        { "tune --task playground-spiral --sampler magic", 2, "random" },
        { "tune --task playground-spiral --sampler grid --storage memory", 2, "--space" },
        { "tune --task playground-spiral --direction up", 2, "minimize" },
        { "tune --task playground-spiral --direction maximize", 2, "minimize" },
        { "tune --task playground-spiral --storage mysql://x", 2, "sqlite:FILE" },
        { "tune --task playground-spiral --storage postgres://x", 2, "postgres://user@host" },
        { "tune --task playground-spiral --storage sqlite:no/such/folder.db", 1, "folder" },
        { "tune --task mail-nano --storage memory", 2, "--data" },
        { "tune --task mail-base --storage memory", 2, "--data" },
        { "train --mail . --values lanes=half", 2, "lanes" },
        { "train --mail . --values warmth=3", 2, "learningRate" },
        { "train --mail . --from models/default --values hidden=64", 2, "hidden cannot change" },
        { "train --mail . --learning-rate 0", 2, "--learning-rate" },
        { "train --mail . --patience 0", 2, "--patience" },
        { "tune --resume", 2, "--study" },
        { "tune worker", 2, "--study" },
        { "tune worker --study s --storage memory", 1, "\"s\"" },
        { "tune worker --study s --trials 20 --sampler random", 2, "--sampler, --trials do not apply" },
        { "tune worker --study s --resume", 2, "--resume does not apply" },
        { "tune --task playground-spiral --trial-timeout 5", 2, "--trial-timeout is for --command" },
        { "tune --trials x", 2, "--trials x: give a whole number;" },
        { "tune --trials 3000000000", 2, "--trials 3000000000: give a smaller whole number;" },
        { "tune --seed -1", 2, "--seed -1: give a whole number, 0 or more;" },
        { "tune --timeout soon", 2, "--timeout soon: give a number;" },
        { "tune help --study s", 2, "help" },
        { "doctor --bogus", 2, "--bogus" },
        { "onnx", 2, "ACTION" },
        { "onnx test", 2, "DIR" },
        { "onnx train .", 2, "train" },
        { "onnx test no-such-folder", 1, "no-such-folder" },
        { "onnx test .", 1, "no case" },
        { "onnx export models/default", 2, "the file to write" },
        { "onnx export no-such-model out.onnx", 1, "no-such-model" },
        { "onnx export models/default /etc/passwd", 1, "exists and is not called .onnx" },
        { "onnx export models/default /tmp", 2, "is no file to write" },
    };

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_one_line_that_names_it(string line, int code, string named)
    {
        Outcome outcome = await InklingProcess.RunAsync(_home, line.Split(' '));

        Assert.Equal(code, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.StartsWith("inkling", outcome.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(named, outcome.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_may_begin_with_dashes_after_two_dashes()
    {
        Outcome outcome = await InklingProcess.RunAsync(_home, ["complete", "--model", "no-such-folder", "--", "--dear"]);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("no-such-folder", outcome.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_mailbox_is_told()
    {
        string box = Path.Combine(_home, "empty.mbox");
        await File.WriteAllTextAsync(box, "");
        Outcome outcome = await InklingProcess.RunAsync(_home, ["train", "--mail", box, "--out", Path.Combine(_home, "model")]);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("0 usable mails", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_over_a_model_is_refused_and_the_model_stays()
    {
        string model = Path.Combine(_home, "model"), box = Path.Combine(_home, "sent.mbox");
        Directory.CreateDirectory(model);
        await File.WriteAllTextAsync(Path.Combine(model, "config.json"), "an older model");
        await File.WriteAllTextAsync(box, "");
        Outcome outcome = await InklingProcess.RunAsync(_home, ["train", "--mail", box, "--out", model]);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("--resume", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal("an older model", await File.ReadAllTextAsync(Path.Combine(model, "config.json")));
    }

    [Fact]
    public async Task Help_shows_every_command_with_examples()
    {
        Outcome all = await InklingProcess.RunAsync(_home, ["--help"]);
        Assert.Equal(0, all.ExitCode);
        foreach (string command in (string[])["studio", "serve", "complete", "train", "evaluate", "tone", "similar", "analogy", "categories", "vectors", "onnx", "doctor"])
        {
            Assert.Contains(command, all.Output, StringComparison.Ordinal);
            Outcome one = await InklingProcess.RunAsync(_home, [command, "--help"]);
            Assert.Equal(0, one.ExitCode);
            Assert.Contains("Examples:", one.Output, StringComparison.Ordinal);
            Assert.Contains($"inkling {(command == "studio" ? "" : command)}", one.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_version_is_a_number()
    {
        Outcome outcome = await InklingProcess.RunAsync(_home, ["--version"]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", outcome.Output);
    }
}
