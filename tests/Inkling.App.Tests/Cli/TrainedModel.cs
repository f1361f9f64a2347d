namespace Inkling.App.Tests.Cli;

/// <summary>A folder with made-up mail and a nano model trained on it by the program, once for all tests that need one.</summary>
public sealed class TrainedModel : IAsyncLifetime
{
    public string Home { get; } = Directory.CreateTempSubdirectory("inkling-cli-").FullName;

    public string Mail => Path.Combine(Home, "mail.jsonl");

    public string HeldOut => Path.Combine(Home, "newest.mbox");

    public string Model => Path.Combine(Home, "model");

    internal Outcome Training { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Mail, MadeUpMail.JsonLines(400, seed: 1));
        await File.WriteAllTextAsync(HeldOut, MadeUpMail.Mbox(12, seed: 2));
        Training = await InklingProcess.RunAsync(Home, ["train", "--mail", Mail, "--preset", "nano", "--out", Model, "--epochs", "3", "--minutes", "1", "--json"]);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Home, recursive: true);
        return ValueTask.CompletedTask;
    }
}
