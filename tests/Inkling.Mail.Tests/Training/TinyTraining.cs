using Inkling.Numerics;

namespace Inkling.Mail.Tests.Training;

/// <summary>A mailbox of eighty mails and a model trained on it in a moment; shared by tests that look at it and change only copies.</summary>
public sealed class TinyTraining : IAsyncLifetime
{
    public static readonly TrainingPreset Preset = new()
    {
        Name = "tiny", VocabularySize = 400, EmbeddingWidth = 16, HiddenWidth = 32, Lanes = 4, Steps = 16, LearningRate = 1e-2, Epochs = 3, ValidationTokens = 2_000,
    };

    public string Root { get; } = Directory.CreateTempSubdirectory("inkling-training-").FullName;

    public string Mail => Path.Combine(Root, "sent.jsonl");

    public string Model => Path.Combine(Root, "model");

    public MailTrainingOptions Options => new()
    {
        Mail = [Mail], Out = Model, Preset = Preset, Team = Team.Single, Calibration = new CalibrationOptions { Positions = 300, Tokens = 500 },
    };

    internal Reports Reports { get; } = new();

    public MailTrainingResult Result { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        MadeUpMail.Write(Mail, 80);
        Result = await new MailTraining(Options).RunAsync(Reports);
    }

    /// <summary>An empty folder's path, not yet there.</summary>
    public string Fresh(string name) => Path.Combine(Root, name + Guid.NewGuid().ToString("N")[..6]);

    /// <summary>A copy of the trained model, without <c>training/</c> when it is only to be used.</summary>
    public string CopyOfModel(bool withTraining)
    {
        string copy = Fresh("copy");
        foreach (string file in Directory.EnumerateFiles(Model, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Model, file);
            if (!withTraining && relative.StartsWith(ModelFolder.Training, StringComparison.Ordinal)) continue;
            string target = Path.Combine(copy, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Keeps what is reported, on the thread that reports it.</summary>
internal sealed class Reports : IProgress<TrainingReport>
{
    public List<TrainingReport> All { get; } = [];

    public Action<TrainingReport>? Then { get; init; }

    public void Report(TrainingReport value)
    {
        All.Add(value);
        Then?.Invoke(value);
    }
}
